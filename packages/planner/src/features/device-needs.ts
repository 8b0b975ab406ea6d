import type { FeatureName } from '@vethlab/observed';
import {
  type DeviceKind,
  type Ifname,
  interfaceEntries,
  type Node,
  parentOf,
  vrfEntries,
  withVrfs,
} from '@vethlab/topology';
import type { FeatureNeed } from './feature-need.js';

const words: Readonly<Record<DeviceKind, string>> = {
  vlan: 'VLAN interface',
  vxlan: 'VXLAN interface',
  macvlan: 'macvlan',
  dummy: 'dummy',
  gre: 'GRE tunnel',
  bond: 'bond',
};

/** Interfaces of a kind that not every kernel has. Without them what stands on them is not there either. */
export function deviceNeeds(node: Node): FeatureNeed[] {
  return interfaceEntries(node).flatMap(([ifname, { device }]): FeatureNeed[] => {
    if (device === undefined) return [];
    const feature: FeatureName = device.kind;
    const path = ['interfaces', ifname, 'device'];
    return [
      { feature, path, what: `the ${words[device.kind]} ${ifname}`, without: (from) => withoutInterface(from, ifname) },
    ];
  });
}

/** Its interfaces are in the main table then. */
export function vrfNeeds(node: Node): FeatureNeed[] {
  return vrfEntries(node).map(([name]) => ({
    feature: 'vrf',
    path: ['vrfs', name],
    what: `the VRF ${name}`,
    without: (from) =>
      withVrfs(
        from,
        vrfEntries(from).filter(([other]) => other !== name),
      ),
  }));
}

/** Routes over it and its membership are left out by whoever looks for an interface and finds none. */
function withoutInterface(node: Node, ifname: Ifname): Node {
  const left = Object.fromEntries(Object.entries(node.interfaces).filter(([name]) => name !== ifname));
  const standing = Object.entries(left).filter(([, { device }]) => parentOf(device) === ifname);
  const without = { ...node, interfaces: left };
  return standing.reduce((from, [name]) => withoutInterface(from, name as Ifname), without);
}
