import { livesOnParent, parentOf } from '../model/device.js';
import { usualEthernetMtu, usualMtu } from '../model/device-mtu.js';
import type { Diagnostic } from '../model/diagnostic.js';
import { minimumMtuIpv6 } from '../model/limits.js';
import { diagnostic } from '../model/problem.js';
import type { Interface, Node, Topology } from '../model/topology.js';
import { interfaceEntries, linkAt, nodeEntries } from '../model/topology-access.js';
import { bondOf } from './check-devices.js';
import { hasFamily } from './connected-subnets.js';

/** MTUs of interfaces that stand on others, as far as the kernel refuses them. An end of a link may have its MTU from the link. */
export function checkDeviceMtus(topology: Topology): readonly Diagnostic[] {
  return nodeEntries(topology).flatMap(([name, node]) => {
    const entries = interfaceEntries(node).filter(([, { device }]) => device !== undefined);
    return entries.flatMap(([ifname, iface]) => problemsOf(topology, name, node, ifname, iface));
  });
}

function problemsOf(topology: Topology, name: string, node: Node, ifname: string, iface: Interface): Diagnostic[] {
  const path = ['nodes', name, 'interfaces', ifname, 'mtu'];
  const mtu = mtuOf(topology, name, node, ifname);
  const parent = parentOf(iface.device);
  const below = parent === null ? null : mtuOf(topology, name, node, parent);
  if (livesOnParent(iface.device) && iface.mtu !== undefined && below !== null && iface.mtu > below) {
    const detail = `${ifname} has an MTU of ${iface.mtu}, and its parent ${parent} one of ${below}.`;
    return [diagnostic('device.mtu-parent', path, detail, { label: `Use ${below}`, value: String(below) })];
  }
  // Its own MTU is judged with the interface itself.
  if (iface.mtu !== undefined || mtu === null || mtu >= minimumMtuIpv6 || !hasFamily(iface, 6)) return [];
  const detail = `${ifname} gets an MTU of ${mtu} from ${parent ?? 'its kind'}; with that the kernel would delete its IPv6 addresses.`;
  return [diagnostic('mtu.ipv6', path, detail)];
}

/** The MTU that an interface will have; null when that is not known before. */
function mtuOf(topology: Topology, name: string, node: Node, ifname: string, depth = 0): number | null {
  const iface = Object.hasOwn(node.interfaces, ifname) ? node.interfaces[ifname] : undefined;
  // Loops of parents are refused elsewhere.
  if (iface === undefined || depth > Object.keys(node.interfaces).length) return null;
  const bond = bondOf(node, ifname);
  if (bond !== null) return mtuOf(topology, name, node, bond, depth + 1);
  if (iface.mtu !== undefined) return iface.mtu;
  const { device } = iface;
  if (device === undefined) return linkAt(topology, name, ifname)?.mtu ?? usualEthernetMtu;
  const parent = parentOf(device);
  return usualMtu(device, parent === null ? null : mtuOf(topology, name, node, parent, depth + 1));
}
