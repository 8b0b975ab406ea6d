import type { LiveAddress, LiveList } from '@vethlab/protocol';
import { bounded } from '../bounded.js';
import type { LookContext } from '../look-context.js';

export function readAddresses(look: LookContext): LiveList<LiveAddress> {
  const loopbacks = new Set(look.links.filter((link) => link.loopback).map((link) => link.ifindex));
  const found = look.namespace.socket.addresses().sort((a, b) => a.ifindex - b.ifindex || a.family - b.family);
  return bounded(
    found.map((address) => ({
      ifname: look.nameOf(address.ifindex),
      family: address.family,
      address: `${address.address}/${address.prefixLength}`,
      peer: address.peer,
      scope: address.scope,
      tentative: address.tentative,
      dadFailed: address.dadFailed,
      // The kernel marks what it makes since 5.18 (IFA_PROTO), except the loopback's own addresses.
      kernelMade: address.protocol !== null || (loopbacks.has(address.ifindex) && address.scope === 'host'),
      permanent: address.permanent,
    })),
  );
}
