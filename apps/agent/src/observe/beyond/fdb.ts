import type { FdbMessage } from '@vethlab/netlink';
import type { ObservedBeyond, ObservedInterface } from '@vethlab/observed';
import type { LookedInto } from '../look.js';
import { nameIn } from './name-in.js';

/** The entry that a VXLAN device has for all it does not know: its own remote (vxlan_fdb_create in drivers/net/vxlan). */
const anyMac = '00:00:00:00:00:00';

/** Entries that somebody put into the forwarding table of a bridge or a VXLAN device (`bridge fdb add`): a switch learns its own. */
export function lookAtFdb({ socket }: LookedInto, interfaces: readonly ObservedInterface[]): readonly ObservedBeyond[] {
  const isTable = ({ type }: ObservedInterface) => type === 'bridge' || type === 'vxlan';
  if (!interfaces.some(isTable)) return [];
  const own = macsOf(interfaces);
  return socket
    .fdb()
    .filter((entry) => isByHand(entry, own, interfaces))
    .map((entry) => ({ kind: 'fdb', text: textOf(entry, interfaces) }));
}

/** Whether one of these is the address of none of the interfaces: a bridge has an entry for each of its ports, and for itself. */
export function hasForeignMac(macs: ReadonlySet<string>, interfaces: readonly ObservedInterface[]): boolean {
  if (macs.size === 0) return false;
  const own = macsOf(interfaces);
  return [...macs].some((mac) => !own.has(mac));
}

function macsOf(interfaces: readonly ObservedInterface[]): ReadonlySet<string> {
  return new Set(interfaces.flatMap(({ mac }) => (mac === null ? [] : [mac])));
}

function isByHand(
  { mac, state, self, master, remote, ifindex }: FdbMessage,
  own: ReadonlySet<string>,
  interfaces: readonly ObservedInterface[],
): boolean {
  if (state !== 'static' && state !== 'permanent') return false;
  if (!self || master !== null) return state === 'static' || !own.has(mac);
  // The lists of other interfaces, of multicast addresses for instance, are the kernel's.
  const device = interfaces.find((one) => one.ifindex === ifindex)?.device;
  if (device?.kind !== 'vxlan') return false;
  return mac !== anyMac || remote !== device.remote;
}

/** As `bridge fdb` writes it. */
function textOf({ mac, ifindex, vlan, remote, master, state }: FdbMessage, all: readonly ObservedInterface[]): string {
  const words = [mac, 'dev', nameIn(all, ifindex)];
  if (remote !== null) words.push('dst', remote);
  if (vlan !== null) words.push('vlan', String(vlan));
  if (master !== null) words.push('master', nameIn(all, master));
  return [...words, state].join(' ');
}
