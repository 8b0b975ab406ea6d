import type { LiveInterface, LiveList } from '@vethlab/protocol';
import { bounded, short } from '../bounded.js';
import type { LookContext } from '../look-context.js';

/** The other end of a veth pair as `namespace:ifname`; null when there is none or it is not known. */
export type PeerLookup = (namespace: string, ifname: string) => string | null;

/** Network devices with their three states apart: what was set, whether there is carrier, and the kernel's verdict. */
export function readInterfaces(look: LookContext, peerOf: PeerLookup): LiveList<LiveInterface> {
  return bounded(
    look.links.map((link) => ({
      ifindex: link.ifindex,
      ifname: short(link.ifname),
      type: short(link.loopback ? 'loopback' : (link.kind ?? 'other')),
      up: link.up,
      carrier: link.carrier,
      operstate: link.operstate,
      mtu: link.mtu,
      mac: link.mac,
      master: link.master === null ? null : look.nameOf(link.master),
      portState: link.portState,
      peer: link.kind === 'veth' ? peerText(peerOf(look.namespace.name, link.ifname)) : null,
      qdisc: link.qdisc === null ? null : short(link.qdisc),
    })),
  );
}

function peerText(peer: string | null): string | null {
  return peer === null ? null : short(peer);
}
