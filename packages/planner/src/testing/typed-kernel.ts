import type { Observed, ObservedInterface, ObservedNamespace, ObservedRoute } from '@vethlab/observed';
import { emptyTopology, parseLabFile, type Topology } from '@vethlab/topology';
import { adoptionOf } from '../adopt/adoption-of.js';

let ifindex = 1;

/** A namespace as the kernel has it: `lo`, and these interfaces. */
export function namespace(
  name: string,
  interfaces: Readonly<Record<string, Partial<ObservedInterface>>> = {},
  rest: Partial<ObservedNamespace> = {},
): [string, ObservedNamespace] {
  const all = { lo: { type: 'loopback', up: true, mtu: 65536 }, ...interfaces };
  const made = Object.entries(all).map(([ifname, one]) => [ifname, device(ifname, one)] as const);
  const forwarding = { ipv4: false, ipv6: false };
  return [name, { name, inode: 1, forwarding, interfaces: Object.fromEntries(made), routes: [], ...rest }];
}

/** An interface that is up, of a veth pair unless said otherwise; each has an index of its own. */
export function device(ifname: string, rest: Partial<ObservedInterface>): ObservedInterface {
  ifindex += 1;
  const operstate = 'up' as const;
  const base = { ifname, ifindex, type: 'veth', up: true, carrier: true, operstate, mtu: 1500, mac: null };
  return { ...base, master: null, portState: null, peer: null, addresses: [], ...rest };
}

/** An address that somebody gave. */
export function address(text: string): ObservedInterface['addresses'][number] {
  return { address: text, scope: 'global', kernelMade: false, tentative: false, dadFailed: false };
}

/** A route of protocol boot, as `ip route add` makes it. */
export function route(rest: Partial<ObservedRoute>): ObservedRoute {
  return { family: 4, to: 'default', via: null, dev: null, metric: 0, protocol: 3, linkDown: false, ...rest };
}

/** The kernel with these namespaces. */
export function kernel(...namespaces: [string, ObservedNamespace][]): Observed {
  return { namespaces: Object.fromEntries(namespaces) };
}

/** A document from the part of a lab file below its name; throws when it is not valid. */
export function lab(text: string): Topology {
  const { topology, diagnostics } = parseLabFile(`vethlab: 1\nname: test\n${text}`);
  if (topology === null) throw new Error(JSON.stringify(diagnostics));
  return topology;
}

/** Adopts everything. */
export const all = (observed: Observed, topology = emptyTopology('test')) =>
  adoptionOf({ topology, observed, items: 'all' });

/** The other end of a veth pair. */
export const pair = (namespace: string, ifname: string) => ({ peer: { namespace, ifname } });
