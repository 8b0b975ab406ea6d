import type { DesiredNamespace } from '../desired/desired.js';
import { wantedIn } from '../desired/wanted-in.js';
import { isNodeName } from '../names.js';
import { dependencies, type Planning } from '../planning.js';
import type { Extent } from '../scope.js';
import { madeBridge } from '../state/working-interface.js';
import type { WorkingNamespace } from '../state/working-namespace.js';
import { isByHand } from './by-hand.js';
import { removeUnexpectedAddresses } from './configure-addresses.js';
import { configureBridge } from './configure-bridge.js';
import { configureInterface } from './configure-interface.js';
import { configureRoutes } from './configure-routes.js';
import { configureRules } from './configure-rules.js';
import { prepareDevice } from './make-device.js';
import type { Freed } from './remove.js';
import { skipDadBeforeFirstAddress } from './skip-dad.js';

/** Everything in view inside one namespace, once its interfaces are there: the executor sends it in one go. */
export function* configureNamespace(
  planning: Planning,
  desired: DesiredNamespace,
  extent: Extent,
  freed: Freed,
): Generator<undefined, void> {
  const namespace = planning.namespace(desired.name);
  if (namespace === null || !isNodeName(namespace.name)) return;
  // Before anything is up: what a firewall holds back never passes.
  configureRules(planning, namespace, desired);
  setUp(planning, namespace, desired, 'lo', desired.loopbackUp);
  if (desired.bridge !== null) {
    if (namespace.interfaces.peek(desired.bridge)?.type !== 'bridge') {
      makeBridge(planning, namespace, desired, desired.bridge);
    }
    if (desired.bridgeSettings !== null) configureBridge(planning, namespace, desired, desired.bridgeSettings, 'on');
    setBridgeUp(planning, namespace, desired, desired.bridge);
    removeUnexpectedAddresses(planning, namespace, desired.name, desired.bridge);
  }
  removeUnexpectedAddresses(planning, namespace, desired.name, 'lo');
  skipDadBeforeFirstAddress(planning, namespace, desired, extent);
  for (const wanted of wantedIn(desired, extent)) {
    yield;
    const { device } = wanted;
    if (device !== null) prepareDevice(planning, namespace, desired, { ...wanted, device }, freed);
    configureInterface(planning, namespace, desired, wanted);
  }
  if (desired.bridgeSettings !== null) configureBridge(planning, namespace, desired, desired.bridgeSettings, 'off');
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

function setBridgeUp(planning: Planning, namespace: WorkingNamespace, desired: DesiredNamespace, ifname: string): void {
  if (namespace.interfaces.peek(ifname)?.up !== false) return;
  const wasThere = (namespace.interfaces.get(ifname)?.origin ?? null) !== null;
  if (wasThere && isByHand(planning, namespace, ({ bridge }) => bridge === ifname)) return;
  setUp(planning, namespace, desired, ifname, true);
}

/** Bridges are always up, and `lo` unless the document leaves it down. */
function setUp(
  planning: Planning,
  namespace: WorkingNamespace,
  desired: DesiredNamespace,
  ifname: string,
  up: boolean,
): void {
  if (namespace.interfaces.peek(ifname)?.up !== !up) return;
  const device = namespace.interfaces.get(ifname);
  if (device === undefined) return;
  const step = planning.add({
    id: `set-interface:${desired.name}:${ifname}:${up ? 'up' : 'down'}`,
    action: 'change',
    object: `interface ${desired.name}:${ifname}`,
    reason: up ? `${desired.name}:${ifname} is down` : `${desired.name}:${ifname} is up and should be down`,
    dependsOn: dependencies(device.base ?? namespace.base),
    operation: { op: 'set-interface', namespace: desired.name, ifname, up },
  });
  if (!up) {
    namespace.setDown(device, step);
    return;
  }
  namespace.setUp(device, step);
}

/**
 * A router forwards, one family or both, everything else none. In a namespace that this plan makes it is unknown, because
 * new namespaces may copy it from the machine (`net.core.devconf_inherit_init_net`): a router is told in any case;
 * for others the next look decides.
 */
function setForwarding(planning: Planning, namespace: WorkingNamespace, desired: DesiredNamespace): void {
  const families = [
    [4, desired.forwarding.ipv4, namespace.forwarding?.ipv4],
    [6, desired.forwarding.ipv6, namespace.forwarding?.ipv6],
  ] as const;
  for (const [family, wanted, found] of families) {
    if (found === wanted || (found === undefined && !wanted)) continue;
    if (desired.kind === 'switch' && isByHand(planning, namespace, ({ kind }) => kind === 'switch')) continue;
    const is = found === undefined ? 'not known yet' : found ? 'on' : 'off';
    planning.add({
      id: `set-forwarding:${desired.name}:${family}`,
      action: 'change',
      object: `IPv${family} forwarding in ${desired.name}`,
      reason: wanted
        ? `the router ${desired.name} forwards packets, and IPv${family} forwarding is ${is}`
        : `the ${desired.kind} ${desired.name} does not forward ${desired.kind === 'router' ? `IPv${family} ` : ''}packets, and IPv${family} forwarding is ${is}`,
      dependsOn: dependencies(namespace.base),
      operation: { op: 'set-forwarding', namespace: desired.name, family, enabled: wanted },
    });
  }
  namespace.forwarding = desired.forwarding;
}
