import type { LabNamespace } from '../kernel/namespaces.js';

/** TC_H_INGRESS of linux/pkt_sched.h, also TC_H_CLSACT: what comes in goes through it, and filters hang on it. */
const ingressParent = 0xffff_fff1;

/** Qdiscs for what comes in: `ingress` and `clsact`. */
export function ingressOf(namespace: LabNamespace | undefined): { readonly kind: string; readonly ifname: string }[] {
  if (namespace === undefined) return [];
  const found = namespace.socket.qdiscs().filter(({ parent }) => parent === ingressParent);
  if (found.length === 0) return [];
  const names = new Map(namespace.socket.links().map(({ ifindex, ifname }) => [ifindex, ifname]));
  return found.map(({ kind, ifindex }) => ({ kind, ifname: names.get(ifindex) ?? `if${ifindex}` }));
}
