import type { DesiredNamespace } from '../desired/desired.js';
import { isNodeName } from '../names.js';
import { dependencies, type Planning } from '../planning.js';
import { madeBridge } from '../state/working-interface.js';
import type { WorkingNamespace } from '../state/working-namespace.js';
import { removeUnexpectedAddresses } from './configure-addresses.js';
import { configureInterface } from './configure-interface.js';
import { configureRoutes } from './configure-routes.js';
import { skipDadBeforeFirstAddress } from './skip-dad.js';

/** Everything inside one namespace, once its interfaces are there: the executor sends it in one go. */
export function* configureNamespace(planning: Planning, desired: DesiredNamespace): Generator<undefined, void> {
  const namespace = planning.namespace(desired.name);
  if (namespace === null || !isNodeName(namespace.name)) return;
  takeUp(planning, namespace, desired, 'lo');
  if (desired.bridge !== null) {
    if (namespace.interfaces.peek(desired.bridge)?.type !== 'bridge') {
      makeBridge(planning, namespace, desired, desired.bridge);
    }
    takeUp(planning, namespace, desired, desired.bridge);
    removeUnexpectedAddresses(planning, namespace, desired.name, desired.bridge);
  }
  removeUnexpectedAddresses(planning, namespace, desired.name, 'lo');
  skipDadBeforeFirstAddress(planning, namespace, desired);
  for (const wanted of desired.interfaces.values()) {
    yield;
    configureInterface(planning, namespace, desired, wanted);
  }
  setForwarding(planning, namespace, desired);
  configureRoutes(planning, namespace, desired);
}

function makeBridge(planning: Planning, namespace: WorkingNamespace, desired: DesiredNamespace, ifname: string): void {
  const inTheWay = namespace.interfaces.has(ifname)
    ? `; another interface of this name exists and was not made by Vethlab, so this step will fail until it is renamed or removed`
    : '';
  const step = planning.add({
    id: `add-bridge:${desired.name}:${ifname}`,
    action: 'add',
    object: `bridge ${desired.name}:${ifname}`,
    reason: `the switch ${desired.name} has no bridge ${ifname}${inTheWay}`,
    dependsOn: dependencies(namespace.base),
    operation: { op: 'add-bridge', namespace: desired.name, ifname },
  });
  namespace.interfaces.set(ifname, madeBridge(ifname, step));
}

/** `lo` and bridges are always up. */
function takeUp(planning: Planning, namespace: WorkingNamespace, desired: DesiredNamespace, ifname: string): void {
  if (namespace.interfaces.peek(ifname)?.up !== false) return;
  const device = namespace.interfaces.get(ifname);
  if (device === undefined) return;
  device.upStep = planning.add({
    id: `set-interface:${desired.name}:${ifname}:up`,
    action: 'change',
    object: `interface ${desired.name}:${ifname}`,
    reason: `${desired.name}:${ifname} is down`,
    dependsOn: dependencies(device.base ?? namespace.base),
    operation: { op: 'set-interface', namespace: desired.name, ifname, up: true },
  });
  device.up = true;
}

/**
 * A router forwards both families, everything else none. In a namespace that this plan makes it is unknown, because
 * new namespaces may copy it from the machine (`net.core.devconf_inherit_init_net`): a router is told in any case;
 * for others the next look decides.
 */
function setForwarding(planning: Planning, namespace: WorkingNamespace, desired: DesiredNamespace): void {
  const families = [
    [4, namespace.forwarding?.ipv4],
    [6, namespace.forwarding?.ipv6],
  ] as const;
  for (const [family, found] of families) {
    if (found === desired.forwarding || (found === undefined && !desired.forwarding)) continue;
    const is = found === undefined ? 'not known yet' : found ? 'on' : 'off';
    planning.add({
      id: `set-forwarding:${desired.name}:${family}`,
      action: 'change',
      object: `IPv${family} forwarding in ${desired.name}`,
      reason: desired.forwarding
        ? `the router ${desired.name} forwards packets, and IPv${family} forwarding is ${is}`
        : `the ${desired.kind} ${desired.name} does not forward packets, and IPv${family} forwarding is ${is}`,
      dependsOn: dependencies(namespace.base),
      operation: { op: 'set-forwarding', namespace: desired.name, family, enabled: desired.forwarding },
    });
  }
  namespace.forwarding = { ipv4: desired.forwarding, ipv6: desired.forwarding };
}
