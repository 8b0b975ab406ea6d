import { type Device, renameInDevice } from './device.js';
import type { Ifname } from './names.js';
import { withRenamedRules } from './rule-references.js';
import type { Interface, Node, Route, Vrf } from './topology.js';
import { vrfEntries, withVrfs } from './vrfs.js';

/** Names of interfaces in the record of a node, that is in everything but its interfaces. */
type Referring = Pick<Node, 'routes' | 'vrfs' | 'nat' | 'firewall'>;

/** The same record with other interface names. The same object when none of them is named in it. */
export function renameInNode<Value extends Referring>(node: Value, rename: (ifname: Ifname) => Ifname): Value {
  const routes = renameInRoutes(node.routes, rename);
  const vrfs = node.vrfs === undefined ? undefined : renameInVrfs(node.vrfs, rename);
  const isSame = routes === node.routes && vrfs === node.vrfs;
  const named = isSame ? node : { ...node, routes, ...(vrfs === undefined ? {} : { vrfs }) };
  return withRenamedRules(named, (ifname) => (ifname === 'lo' ? ifname : rename(ifname as Ifname)));
}

/** The same interface with other names of those it stands on or consists of. */
export function renameInInterface(iface: Interface, rename: (ifname: Ifname) => Ifname): Interface {
  if (iface.device === undefined) return iface;
  const device = renameInDevice(iface.device, rename);
  return device === iface.device ? iface : { ...iface, device };
}

/** A node that has lost an interface: nothing names it any more but routes, which are judged by themselves. */
export function withoutReferences(node: Node, ifname: Ifname): Node {
  const entries = Object.entries(node.interfaces).map(([name, iface]): [string, Interface] => {
    const device = iface.device === undefined ? undefined : withoutInterface(iface.device, ifname);
    return [name, device === undefined || device === iface.device ? iface : { ...iface, device }];
  });
  const isSame = entries.every(([name, iface]) => node.interfaces[name] === iface);
  const left = isSame ? node : { ...node, interfaces: Object.fromEntries(entries) };
  if (!vrfEntries(left).some(([, { interfaces }]) => interfaces.includes(ifname))) return left;
  const vrfs = vrfEntries(left).map(
    ([name, vrf]) => [name, { ...vrf, interfaces: vrf.interfaces.filter((member) => member !== ifname) }] as const,
  );
  return withVrfs(left, vrfs);
}

function withoutInterface(device: Device, ifname: Ifname): Device {
  if (device.kind === 'bond' && device.members.includes(ifname)) {
    return { ...device, members: device.members.filter((member) => member !== ifname) };
  }
  if (device.kind !== 'vxlan' || device.parent !== ifname) return device;
  const { parent: _parent, ...rest } = device;
  return rest;
}

function renameInRoutes(routes: readonly Route[], rename: (ifname: Ifname) => Ifname): readonly Route[] {
  if (!routes.some(({ dev }) => dev !== undefined && rename(dev) !== dev)) return routes;
  return routes.map((route) => (route.dev === undefined ? route : { ...route, dev: rename(route.dev) }));
}

function renameInVrfs(vrfs: Readonly<Record<string, Vrf>>, rename: (ifname: Ifname) => Ifname) {
  const entries = vrfEntries({ vrfs }).map(([name, vrf]) => {
    const routes = renameInRoutes(vrf.routes, rename);
    const changed = routes !== vrf.routes || vrf.interfaces.some((ifname) => rename(ifname) !== ifname);
    return [name, changed ? { ...vrf, interfaces: vrf.interfaces.map(rename), routes } : vrf] as const;
  });
  return entries.every(([name, vrf]) => vrfs[name] === vrf) ? vrfs : Object.fromEntries(entries);
}
