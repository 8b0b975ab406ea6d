import type { FeatureName, Observed } from '@vethlab/observed';
import type { Link, Topology } from '@vethlab/topology';
import type { Liveness } from '../../lab';
import { describeNode } from '../derive/describe';
import { describeRules } from '../derive/describe-rules';
import { innerLines } from '../derive/inner-interfaces';
import { nodeState } from '../derive/node-state';
import { type LabelSide, labelSide } from '../geometry/label-side';
import { silhouettes } from '../geometry/silhouette';
import { describeGhost, type GhostNode } from '../ghosts/ghost-drawing';
import type { Unplaced } from '../ghosts/place-ghosts';
import { type FlowNode, fixedSize, type ManagedNode, type Places, type UnmanagedNode } from './node-data';

export interface NodeSources {
  readonly topology: Topology;
  readonly observed: Observed;
  readonly drifting: ReadonlySet<string>;
  readonly wired: ReadonlySet<string>;
  readonly places: Places;
  readonly dragged: Places;
  readonly selected: ReadonlySet<string>;
  readonly sides: ReadonlyMap<string, LabelSide>;
  readonly liveness: Liveness;
  /** What kernel and machine cannot do. */
  readonly missing: ReadonlySet<FeatureName>;
  readonly ghosts: readonly GhostNode[];
  readonly selectedGhosts: ReadonlySet<string>;
}

interface Cached {
  readonly inputs: readonly unknown[];
  readonly node: FlowNode;
}

/**
 * Makes React Flow's nodes from document and kernel. A node whose inputs are the same objects as last time is the same
 * object again, so that one change in a lab of a thousand nodes draws one node.
 */
export function createNodeDeriver(): (sources: NodeSources) => FlowNode[] {
  let cache = new Map<string, Cached>();
  return (sources) => {
    const next = new Map<string, Cached>();
    const nodes: FlowNode[] = [];
    const keep = (id: string, inputs: readonly unknown[], make: () => FlowNode): void => {
      const before = cache.get(id);
      const entry = before && sameItems(before.inputs, inputs) ? before : { inputs, node: make() };
      next.set(id, entry);
      nodes.push(entry.node);
    };
    for (const [name, node] of Object.entries(sources.topology.nodes)) {
      const position = sources.dragged.get(name) ?? sources.places.get(name) ?? { x: 0, y: 0 };
      const inputs = [
        node,
        Object.hasOwn(sources.observed.namespaces, name) ? sources.observed.namespaces[name] : null,
        sources.drifting.has(name),
        wiredSignature(name, Object.keys(node.interfaces), sources.wired),
        position.x,
        position.y,
        sources.selected.has(name),
        sources.sides.get(name),
        sources.liveness,
        node.kind === 'internet' ? sources.missing : null,
      ];
      keep(name, inputs, () => managedNode(name, sources, position));
    }
    for (const ghost of sources.ghosts) {
      const { id, shape, firstAddress, chips } = ghost;
      const position = sources.places.get(id) ?? { x: 0, y: 0 };
      const selected = sources.selectedGhosts.has(id);
      const side = sources.sides.get(id) ?? 'below';
      keep(id, [shape, firstAddress, chips.join('\n'), position.x, position.y, selected, side], () =>
        unmanagedNode(ghost, position, selected, side),
      );
    }
    cache = next;
    return nodes;
  };
}

/** Every endpoint that some link uses. */
export function wiredEndpoints(links: readonly Link[]): ReadonlySet<string> {
  return new Set(links.flatMap((link) => link.endpoints));
}

/** Which side of each node its caption stands on, from where its wires go, those to ghosts included. */
export function captionSides(
  topology: Topology,
  ghosts: readonly Unplaced[],
  places: Places,
): ReadonlyMap<string, LabelSide> {
  const neighbours = new Map<string, { x: number; y: number }[]>();
  const note = (from: string, to: string): void => {
    const place = places.get(to);
    if (place === undefined || from === to) return;
    const list = neighbours.get(from);
    if (list) list.push(place);
    else neighbours.set(from, [place]);
  };
  for (const { endpoints } of topology.links) {
    const [a, b] = [nodeNameOf(endpoints[0]), nodeNameOf(endpoints[1])];
    note(a, b);
    note(b, a);
  }
  const isGhost = new Set(ghosts.map(({ id }) => id));
  for (const { id, neighbours: wiredTo } of ghosts) {
    for (const other of wiredTo) {
      note(id, other);
      // Two ghosts name each other.
      if (!isGhost.has(other)) note(other, id);
    }
  }
  const sides = new Map<string, LabelSide>();
  for (const [name, others] of neighbours) {
    const place = places.get(name);
    if (place !== undefined) sides.set(name, labelSide(place, others));
  }
  return sides;
}

export const nodeNameOf = (endpoint: string): string => endpoint.slice(0, endpoint.indexOf(':'));

function managedNode(name: string, sources: NodeSources, position: { x: number; y: number }): ManagedNode {
  const node = sources.topology.nodes[name];
  if (node === undefined) throw new Error(`no node ${name} in the document`);
  const state = nodeState(name, node, sources.observed, sources.drifting, sources.wired, sources.missing);
  return {
    id: name,
    type: 'managed',
    position,
    selected: sources.selected.has(name),
    ...fixedSize(silhouettes[node.kind]),
    ariaLabel: describeNode(name, node, state, sources.liveness),
    data: {
      name,
      kind: node.kind,
      label: node.label ?? null,
      rules: describeRules(node),
      inner: innerLines(name, node, sources.observed),
      state,
      side: sources.sides.get(name) ?? 'below',
    },
  };
}

function unmanagedNode(
  ghost: GhostNode,
  position: { x: number; y: number },
  selected: boolean,
  side: LabelSide,
): UnmanagedNode {
  const { id, namespace, shape, firstAddress, chips } = ghost;
  return {
    id,
    type: 'unmanaged',
    position,
    selected,
    draggable: false,
    connectable: false,
    ...fixedSize(silhouettes[shape]),
    ariaLabel: describeGhost(ghost),
    data: { namespace, shape, firstAddress, chips, side },
  };
}

function wiredSignature(name: string, ifnames: readonly string[], wired: ReadonlySet<string>): string {
  return ifnames.filter((ifname) => wired.has(`${name}:${ifname}`)).join(' ');
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => Object.is(item, b[index]));
}
