import type { Observed } from '@vethlab/observed';
import type { HostNamespace, HostReply } from '@vethlab/protocol';
import type { Topology } from '@vethlab/topology';
import { visibleText } from '../format/visible-text';
import { labelOf } from './machine-words';

/** A node of the drawing, and what it is on the machine. */
export interface MachineNode {
  readonly namespace: HostNamespace;
  /** Drawn as a switch of its own; null: the rest of the namespace. */
  readonly bridge: string | null;
}

/** A machine as the canvas takes it: names of nodes are those of the drawing, in all three. */
export interface MachineDrawing {
  readonly topology: Topology;
  readonly observed: Observed;
  readonly nodes: ReadonlyMap<string, MachineNode>;
}

/** What the server found, as something to draw: each node says below its name what it is, and shows the kernel's own states. */
export function machineDrawing({ namespaces, observed, topology, drawn }: HostReply): MachineDrawing {
  const byLabel = new Map(namespaces.map((one) => [one.label, one]));
  const nodes = new Map<string, MachineNode>();
  const seen: [string, Observed['namespaces'][string]][] = [];
  for (const { node, namespace, bridge } of drawn) {
    const about = byLabel.get(namespace);
    const inside = Object.hasOwn(observed.namespaces, namespace) ? observed.namespaces[namespace] : undefined;
    if (about === undefined || inside === undefined) continue;
    nodes.set(node, { namespace: about, bridge });
    seen.push([node, inside]);
  }
  const labelled = Object.entries(topology.nodes).map(([name, node]) => {
    const about = nodes.get(name);
    return [name, about === undefined ? node : { ...node, label: visibleText(labelOf(about)) }] as const;
  });
  return {
    // Where nodes stand is decided here, so that nothing jumps while things come and go.
    topology: { ...topology, nodes: Object.fromEntries(labelled), canvas: { ...topology.canvas, nodes: {} } },
    observed: { ...observed, namespaces: Object.fromEntries(seen) },
    nodes,
  };
}

/** Whether no lab has it, and it is not the machine itself either. */
export function isForeign({ namespace }: MachineNode): boolean {
  return namespace.kind !== 'host' && namespace.lab === null;
}

/** Nothing but the machine's own namespace, and in it nothing that could be drawn. */
export function isBare({ namespaces, topology }: HostReply): boolean {
  return namespaces.every(({ kind }) => kind === 'host') && Object.keys(topology.nodes).length <= 1;
}
