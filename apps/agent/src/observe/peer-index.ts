import { firstIfindex } from '../kernel/ifindexes.js';
import type { VethEnd } from './look.js';

/** The peer's namespace has no number here (NETNSA_NSID_NOT_ASSIGNED). */
const unnumbered = -1;

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
  readonly #byNamespace = new Map<string, Map<string, NamedVethEnd>>();
  readonly #byIfindex = new Map<number, NamedVethEnd[]>();
  readonly #nsidOf: NsidLookup;

  constructor(nsidOf: NsidLookup) {
    this.#nsidOf = nsidOf;
  }

  /** Names of the veth ends known in a namespace. */
  namesIn(namespace: string): string[] {
    return [...(this.#byNamespace.get(namespace)?.keys() ?? [])];
  }

  /** Takes a fresh look at one interface in (null: gone, or not a veth), and returns the ends whose peer may be another one now. */
  set(namespace: string, ifname: string, end: VethEnd | null): readonly NamedVethEnd[] {
    const known = this.#byNamespace.get(namespace)?.get(ifname);
    if (known !== undefined && end !== null && sameEnd(known, end)) return [];
    const touched: NamedVethEnd[] = [];
    if (known !== undefined) {
      touched.push(...this.#candidates(known));
      this.#forget(known);
    }
    if (end !== null) {
      const named = { ...end, namespace, ifname };
      this.#remember(named);
      touched.push(...this.#candidates(named));
    }
    return touched;
  }

  /**
   * Ends that must be read again because this one changes to `end`. The kernel tells that an interface was moved to another
   * namespace, but not its peer, whose own words about it are stale then. Only of pairs that were typed: Vethlab moves nothing.
   */
  staleAfter(namespace: string, ifname: string, end: VethEnd | null): readonly NamedVethEnd[] {
    const known = this.#byNamespace.get(namespace)?.get(ifname);
    if (known !== undefined && end !== null && sameEnd(known, end)) return [];
    const ends = [...(known === undefined ? [] : [known]), ...(end === null ? [] : [end])];
    return ends
      .filter(({ ifindex }) => ifindex < firstIfindex)
      .flatMap(({ ifindex, peerIfindex }) =>
        (this.#byIfindex.get(peerIfindex) ?? []).filter(
          (other) => other.peerIfindex === ifindex && !(other.namespace === namespace && other.ifname === ifname),
        ),
      );
  }

  peerOf(namespace: string, ifname: string): { namespace: string; ifname: string } | null {
    const end = this.#byNamespace.get(namespace)?.get(ifname);
    if (end === undefined) return null;
    const candidates = this.#candidates(end);
    // Indexes that the kernel chose repeat from namespace to namespace: the only candidate may be a chance one.
    const isSure = candidates.length === 1 && (end.ifindex >= firstIfindex || end.peerNsid === unnumbered);
    const peer = isSure ? candidates[0] : candidates.find((other) => this.#matches(end, other));
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

  #remember(end: NamedVethEnd): void {
    const inNamespace = this.#byNamespace.get(end.namespace);
    if (inNamespace === undefined) this.#byNamespace.set(end.namespace, new Map([[end.ifname, end]]));
    else inNamespace.set(end.ifname, end);
    const others = this.#byIfindex.get(end.ifindex);
    if (others === undefined) this.#byIfindex.set(end.ifindex, [end]);
    else others.push(end);
  }

  #forget(end: NamedVethEnd): void {
    const inNamespace = this.#byNamespace.get(end.namespace);
    inNamespace?.delete(end.ifname);
    if (inNamespace?.size === 0) this.#byNamespace.delete(end.namespace);
    const left = (this.#byIfindex.get(end.ifindex) ?? []).filter((other) => other !== end);
    if (left.length === 0) this.#byIfindex.delete(end.ifindex);
    else this.#byIfindex.set(end.ifindex, left);
  }
}

function sameEnd(a: VethEnd, b: VethEnd): boolean {
  return a.ifindex === b.ifindex && a.peerIfindex === b.peerIfindex && a.peerNsid === b.peerNsid;
}
