import type { DesiredNamespace, DesiredWayOut } from '../desired/desired.js';
import { dependencies, type Planning } from '../planning.js';
import type { WorkingNamespace } from '../state/working-namespace.js';

/** Id of the step that opens the way out of a node. */
export function openWayOutId(name: string): string {
  return `open-way-out:${name}`;
}

/**
 * The way out of an internet node: opened, opened anew when it is to be another, and closed when the node is none any more. It takes a tenth of a
 * second, so it comes last.
 */
export function configureWayOut(planning: Planning, desired: DesiredNamespace): void {
  const { name, wayOut } = desired;
  const namespace = planning.namespace(name);
  if (namespace === null) return;
  const found = namespace.wayOut;
  if (wayOut === null) {
    if (found === null) return;
    planning.add({
      id: `close-way-out:${name}`,
      action: 'remove',
      object: `way out of ${name}`,
      reason: `${name} has a way out, and is a ${desired.kind}`,
      dependsOn: dependencies(namespace.base),
      operation: { op: 'close-way-out', namespace: name },
    });
    return;
  }
  if (found !== null && isAsWanted(found, wayOut)) return;
  planning.add({
    id: openWayOutId(name),
    action: found === null ? 'add' : 'change',
    object: `way out of ${name}`,
    reason: reasonOf(name, found, wayOut),
    dependsOn: dependencies(namespace.base),
    operation: { op: 'open-way-out', namespace: name, ...wayOut },
  });
}

function isAsWanted(found: NonNullable<WorkingNamespace['wayOut']>, wanted: DesiredWayOut): boolean {
  return found.subnet === wanted.subnet && found.hostPorts.join() === wanted.hostPorts.join();
}

function reasonOf(name: string, found: WorkingNamespace['wayOut'], wanted: DesiredWayOut): string {
  if (found === null) return `${name} has no way out of the lab`;
  if (found.subnet !== wanted.subnet) return `the way out of ${name} has ${found.subnet}, not ${wanted.subnet}`;
  const ports = wanted.hostPorts.length === 0 ? 'no port' : `the ports ${wanted.hostPorts.join(', ')}`;
  return `the way out of ${name} is to open ${ports} of the machine`;
}
