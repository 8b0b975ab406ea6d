import type { CommandName, Ifname, NodeName } from '../model/names.js';
import type { Command, Interface, Link, LinkKey, Node, Position, Probe, ProbeKey } from '../model/topology.js';

/**
 * The difference between two documents, record by record, complete enough to be applied backwards.
 * One type serves undo, the wire, the journal on disk and the agent.
 *
 * Renames come first, then changes: applying a diff renames the records (keys, endpoints, probe sources, positions),
 * then puts every change. Inverting a diff inverts the changes and the renames, in reverse order.
 */
export interface TopologyDiff {
  readonly renames: readonly Rename[];
  readonly changes: readonly Change[];
}

export type Rename =
  | { readonly object: 'node'; readonly from: NodeName; readonly to: NodeName }
  | { readonly object: 'interface'; readonly node: NodeName; readonly from: Ifname; readonly to: Ifname };

/** A node without its interfaces and commands: these are records of their own, so that two people can edit one node. */
export type NodeRecord = Omit<Node, 'interfaces' | 'commands'>;

/** `before` null: added. `after` null: removed. `index`: the place among its siblings, kept so that undo restores the order. */
interface Changed<Value> {
  readonly before: Value | null;
  readonly after: Value | null;
  readonly index: number;
}

export type Change =
  | ({ readonly record: 'lab' } & Changed<{ readonly name: string }>)
  | ({ readonly record: 'node'; readonly node: NodeName } & Changed<NodeRecord>)
  | ({ readonly record: 'interface'; readonly node: NodeName; readonly ifname: Ifname } & Changed<Interface>)
  | ({ readonly record: 'command'; readonly node: NodeName; readonly name: CommandName } & Changed<Command>)
  | ({ readonly record: 'link'; readonly key: LinkKey } & Changed<Link>)
  | ({ readonly record: 'probe'; readonly key: ProbeKey } & Changed<Probe>)
  | ({ readonly record: 'position'; readonly node: NodeName } & Changed<Position>);
