import type { DeviceKind, Node, Topology } from '@vethlab/topology';

/** What the interfaces of a kind are about. */
const deviceTopics: Readonly<Record<DeviceKind, string>> = {
  vlan: 'VLAN',
  vxlan: 'VXLAN',
  gre: 'GRE',
  macvlan: 'macvlan',
  bond: 'bonding',
  dummy: 'dummy',
};

/** What a lab is about beyond namespaces, cables, addresses and routes, in words of the field. Nothing: it is one to begin with. */
export function topicsOf({ nodes }: Topology): readonly string[] {
  const topics = new Set(Object.values(nodes).flatMap(topicsOfNode));
  return [...topics];
}

function topicsOfNode({ kind, firewall, nat, stp, vrfs, interfaces }: Node): string[] {
  return [
    ...(kind === 'internet' ? ['internet'] : []),
    ...(firewall === undefined ? [] : ['firewall']),
    ...(nat === undefined ? [] : ['NAT']),
    ...(stp === undefined ? [] : ['spanning tree']),
    ...(vrfs === undefined ? [] : ['VRF']),
    ...Object.values(interfaces).flatMap(({ device, vlan, impairment }) => [
      ...(device === undefined ? [] : [deviceTopics[device.kind]]),
      ...(vlan === undefined ? [] : ['VLAN']),
      ...(impairment === undefined ? [] : ['delay and loss']),
    ]),
  ];
}
