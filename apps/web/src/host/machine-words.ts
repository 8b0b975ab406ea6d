import { ROOT_NAMESPACE } from '@vethlab/observed';
import type { HostNamespace } from '@vethlab/protocol';
import { parseNodeName } from '@vethlab/topology';
import { formatCount } from '../format/numbers';
import { visibleText } from '../format/visible-text';
import type { MachineNode } from './machine-drawing';

/** Ids of containers have 64 digits; their engines show as many as this. */
const shortIdLength = 12;

/** The line below a node's name on the drawing. */
export function labelOf({ namespace, bridge }: MachineNode): string {
  if (bridge !== null) return namespace.kind === 'host' ? 'bridge of this machine' : `bridge in ${nameOf(namespace)}`;
  if (namespace.kind === 'host') return 'the machine itself';
  if (namespace.lab !== null) return `lab ${namespace.lab}`;
  if (namespace.container !== null) return `container ${namespace.container.slice(0, shortIdLength)}`;
  return namespace.kind === 'processes' ? 'unmanaged, no name' : 'unmanaged';
}

/** The first name of a namespace, or the process that holds it. */
export function nameOf({ kind, label }: HostNamespace): string {
  return kind === 'host' ? 'this machine' : visibleText(label);
}

/** An end of a pair: `ns1:eth0`, `this machine:docker0`. */
export function endOf(peer: { readonly namespace: string; readonly ifname: string }): string {
  const where = peer.namespace === ROOT_NAMESPACE ? 'this machine' : peer.namespace;
  return visibleText(`${where}:${peer.ifname}`);
}

/** What a namespace is, in whole sentences. */
export function whatItIs({ kind, lab, container, names, processes }: HostNamespace): readonly string[] {
  const running = runningIn(processes);
  const others = names.slice(1);
  const also = others.length === 0 ? [] : [`It has more names: ${others.map(visibleText).join(', ')}.`];
  const engine =
    container === null ? [] : [`It belongs to the container ${visibleText(container.slice(0, shortIdLength))}.`];
  if (kind === 'host') return ['The network of this machine itself. Vethlab never changes it.', running];
  if (lab !== null) return [`A namespace of the lab ${lab}.`, running, ...also];
  if (kind === 'named')
    return ['A named namespace that no lab made. Vethlab leaves it alone.', running, ...engine, ...also];
  if (kind === 'container') return ['The network of a container. Vethlab leaves it alone.', running, ...engine];
  return ['A namespace without a name: it lives as long as a process in it. Vethlab leaves it alone.', running];
}

function runningIn(processes: number): string {
  if (processes === 0) return 'No process runs in it.';
  return processes === 1 ? 'One process runs in it.' : `${formatCount(processes)} processes run in it.`;
}

/** The kind of thing below its name in the inspector. */
export function kindOf({ namespace, bridge }: MachineNode): string {
  if (bridge !== null) return 'Bridge, drawn as a switch';
  if (namespace.kind === 'host') return 'The machine itself';
  if (namespace.lab !== null) return `Namespace of the lab ${namespace.lab}`;
  if (namespace.kind === 'container') return 'Namespace of a container';
  return namespace.kind === 'named' ? 'Named namespace' : 'Namespace without a name';
}

/** Whether a lab can be given this: only named namespaces that no lab has, under a name that a node can have. */
export function canBeAdopted({ namespace, bridge }: MachineNode): boolean {
  return bridge === null && namespace.kind === 'named' && namespace.lab === null && parseNodeName(namespace.label).ok;
}
