import { namespaceOf } from '@vethlab/observed';
import { type Ifname, type NodeName, nodeOf } from '@vethlab/topology';
import { dependencies, type Planning } from '../planning.js';
import { inPossibleOrder } from '../state/origins.js';
import type { WorkingInterface } from '../state/working-interface.js';
import type { WorkingNamespace } from '../state/working-namespace.js';
import type { Freed } from './remove.js';
import type { Survey } from './survey.js';

/** Namespaces that keep their inode and processes under another name. */
export function renameNamespaces(planning: Planning, freed: Freed): void {
  const { observed, topology } = planning.input;
  const isTaken = (name: string) => namespaceOf(observed, name) !== null || nodeOf(topology, name) !== null;
  const chains = new Map<string, { readonly before: string; readonly step: string }>();
  for (const [from, to] of inPossibleOrder(planning.origins.renamedNodes, isTaken)) {
    const earlier = chains.get(from);
    const before = earlier?.before ?? from;
    const namespace = planning.namespaceBefore(before);
    if (namespace === null) continue;
    const vacated = [...chains.values()].find((other) => other.before === to)?.step;
    const step = planning.add({
      id: `rename-namespace:${from}:${to}`,
      action: 'change',
      object: `namespace ${from}`,
      reason: `the node ${before} is now called ${planning.nameAfter(before)}; its namespace keeps everything inside`,
      dependsOn: dependencies(earlier?.step, vacated, freed.namespaces.get(to)),
      // Both names are names of nodes, or the passing name of a ring, which is made of the same letters.
      operation: { op: 'rename-namespace', namespace: from as NodeName, to: to as NodeName },
    });
    chains.set(to, { before, step });
    namespace.name = to;
    namespace.base = step;
  }
}

/** Interfaces that keep their place in the veth pair under another name. */
export function renameInterfaces(planning: Planning, survey: Survey, freed: Freed): void {
  for (const name of survey.names) {
    const renamed = survey.renamedInterfaces.get(name);
    const namespace = renamed === undefined ? null : planning.namespace(name);
    if (renamed === undefined || namespace === null) continue;
    const isTaken = (ifname: string) => namespace.interfaces.has(ifname);
    const renames: { readonly from: string; readonly to: string; readonly device: WorkingInterface }[] = [];
    const passing = new Map<string, WorkingInterface>();
    for (const [from, to] of inPossibleOrder(renamed, isTaken)) {
      const device = passing.get(from) ?? namespace.interfaces.get(from);
      if (device === undefined) continue;
      passing.set(to, device);
      renames.push({ from, to, device });
    }
    let vacating: string | null = null;
    for (const { from, to, device } of renames) {
      vacating = renameInterface(namespace, device, from, to as Ifname, planning, [
        freed.interfaces.get(`${namespace.origin}:${to}`),
        renames.length > 1 ? vacating : null,
      ]);
    }
  }
}

function renameInterface(
  namespace: WorkingNamespace,
  device: WorkingInterface,
  from: string,
  to: Ifname,
  planning: Planning,
  dependsOn: readonly (string | null | undefined)[],
): string {
  const name = namespace.name as NodeName;
  if (device.up) {
    // Kernels before 6.2 refuse to rename an interface that is up (EBUSY).
    const down = planning.add({
      id: `set-interface:${name}:${from}:down`,
      action: 'change',
      object: `interface ${name}:${from}`,
      reason: `${name}:${from} has to be down while it gets another name`,
      dependsOn: dependencies(device.base ?? namespace.base),
      operation: { op: 'set-interface', namespace: name, ifname: from, up: false },
    });
    namespace.setDown(device, down);
    device.base = down;
  }
  const step = planning.add({
    id: `rename-interface:${name}:${from}:${to}`,
    action: 'change',
    object: `interface ${name}:${from}`,
    reason: `${name}:${from} is now called ${to}; it keeps its veth pair and its IPv4 addresses`,
    dependsOn: dependencies(device.base ?? namespace.base, ...dependsOn),
    operation: { op: 'rename-interface', namespace: name, ifname: from, to },
  });
  namespace.renameInterface(device, to, step);
  return step;
}
