import type { VethEnd } from './raw-namespace.js';

/** One end of a veth pair, with the names people know it by. */
export interface NamedVethEnd extends VethEnd {
  readonly namespace: string;
  readonly ifname: string;
}

/** Tells two namespaces apart by the number that one has for the other; asked only when indexes alone do not decide. */
export type NsidLookup = (inNamespace: string, ofNamespace: string) => number | null;

/**
 * Finds the other end of every veth. The kernel names a peer only by its index (IFLA_LINK) and a namespace number
 * (IFLA_LINK_NETNSID). Vethlab gives every interface an index that is unique in its lab, so the index nearly always decides;
 * pairs that somebody typed can share indexes, and then the namespace numbers decide.
 */
export class PeerIndex {
  readonly #byNamespace = new Map<string, ReadonlyMap<string, NamedVethEnd>>();
  readonly #byIfindex = new Map<number, NamedVethEnd[]>();
  readonly #nsidOf: NsidLookup;

  constructor(nsidOf: NsidLookup) {
    this.#nsidOf = nsidOf;
  }

  /** Takes a fresh look in, and returns the ends in other namespaces whose peer may be another one now. */
  update(namespace: string, veths: ReadonlyMap<string, VethEnd>): NamedVethEnd[] {
    const touched = new Set<NamedVethEnd>();
    for (const end of this.#byNamespace.get(namespace)?.values() ?? []) {
      this.#forget(end);
      for (const partner of this.#candidates(end)) touched.add(partner);
    }
    const named = new Map<string, NamedVethEnd>();
    for (const [ifname, end] of veths) {
      const entry = { ...end, namespace, ifname };
      named.set(ifname, entry);
      const others = this.#byIfindex.get(end.ifindex);
      if (others === undefined) this.#byIfindex.set(end.ifindex, [entry]);
      else others.push(entry);
    }
    if (named.size === 0) this.#byNamespace.delete(namespace);
    else this.#byNamespace.set(namespace, named);
    for (const end of named.values()) {
      for (const partner of this.#candidates(end)) touched.add(partner);
    }
    return [...touched].filter((end) => end.namespace !== namespace);
  }

  peerOf(namespace: string, ifname: string): { namespace: string; ifname: string } | null {
    const end = this.#byNamespace.get(namespace)?.get(ifname);
    if (end === undefined) return null;
    const candidates = this.#candidates(end);
    const peer = candidates.length > 1 ? candidates.find((other) => this.#matches(end, other)) : candidates[0];
    return peer === undefined ? null : { namespace: peer.namespace, ifname: peer.ifname };
  }

  #candidates(end: NamedVethEnd): NamedVethEnd[] {
    return (this.#byIfindex.get(end.peerIfindex) ?? []).filter(
      (other) =>
        other.peerIfindex === end.ifindex &&
        (end.peerNsid === null) === (other.namespace === end.namespace) &&
        !(other.namespace === end.namespace && other.ifname === end.ifname),
    );
  }

  #matches(end: NamedVethEnd, other: NamedVethEnd): boolean {
    if (end.peerNsid === null) return other.namespace === end.namespace;
    return this.#nsidOf(end.namespace, other.namespace) === end.peerNsid;
  }

  #forget(end: NamedVethEnd): void {
    const others = this.#byIfindex.get(end.ifindex);
    if (others === undefined) return;
    const left = others.filter((other) => other.namespace !== end.namespace || other.ifname !== end.ifname);
    if (left.length === 0) this.#byIfindex.delete(end.ifindex);
    else this.#byIfindex.set(end.ifindex, left);
  }
}
