import type { LinkMessage, PortVlansMessage, QdiscMessage } from '@vethlab/netlink';
import type { ObservedPortVlan } from '@vethlab/observed';
import { byIndex, listsByIndex } from './by-index.js';
import type { LookedInto } from './look.js';

/** TC_H_ROOT: what everything that leaves goes through first. */
const rootParent = 0xffff_ffff;
/** TC_H_INGRESS of linux/pkt_sched.h, also TC_H_CLSACT: what comes in goes through it, and filters hang on it. */
const ingressParent = 0xffff_fff1;

/** Kind of the qdisc for what comes in of an interface. */
type KnownIngress = (ifindex: number) => string | undefined;

/**
 * What the kernel lists only for all interfaces at once, and few interfaces have: read when somebody asks for the first of it, once for each
 * look.
 */
export class Beside {
  readonly #socket: LookedInto['socket'];
  readonly #filtering = new Map<number, boolean>();
  #qdiscs: ReadonlyMap<number, readonly QdiscMessage[]> | null = null;
  readonly #knownIngress: KnownIngress | null;
  #vlans: ReadonlyMap<number, PortVlansMessage> | null = null;

  /** @param knownIngress from the last look, when nothing has told of a qdisc since: reading them takes as long as there are interfaces */
  constructor(
    { socket }: LookedInto,
    { links = [], knownIngress = null }: { links?: readonly LinkMessage[]; knownIngress?: KnownIngress | null } = {},
  ) {
    this.#socket = socket;
    this.#knownIngress = knownIngress;
    for (const { ifindex, vlanFiltering } of links) this.#filtering.set(ifindex, vlanFiltering === true);
  }

  rootQdisc(ifindex: number): QdiscMessage | undefined {
    return this.#qdiscsOf(ifindex).find(({ parent }) => parent === rootParent);
  }

  /** Kind of the qdisc for what comes in; undefined when there is none. */
  ingressOf(ifindex: number): string | undefined {
    if (this.#knownIngress !== null) return this.#knownIngress(ifindex);
    return this.#qdiscsOf(ifindex).find(({ parent }) => parent === ingressParent)?.kind;
  }

  /** Kinds of what somebody hung below the root qdisc. */
  qdiscsBelow({ ifindex, handle }: QdiscMessage): readonly string[] {
    // The upper half of a handle is the qdisc's, the lower one that of a class in it.
    const below = this.#qdiscsOf(ifindex).filter(
      ({ parent }) => parent !== rootParent && parent >>> 16 === handle >>> 16,
    );
    return below.map(({ kind }) => kind);
  }

  #qdiscsOf(ifindex: number): readonly QdiscMessage[] {
    this.#qdiscs ??= listsByIndex(this.#socket.qdiscs());
    return this.#qdiscs.get(ifindex) ?? [];
  }

  /** Of a port of a bridge that keeps VLANs apart, ascending; undefined for everything else. */
  vlansOf({ ifindex, master, portKind }: LinkMessage): readonly ObservedPortVlan[] | undefined {
    if (portKind !== 'bridge' || master === null || !this.#keepsApart(master)) return undefined;
    this.#vlans ??= byIndex(this.#socket.portVlans());
    return [...(this.#vlans.get(ifindex)?.vlans ?? [])].sort((a, b) => a.id - b.id);
  }

  #keepsApart(bridge: number): boolean {
    let known = this.#filtering.get(bridge);
    if (known === undefined) {
      known = this.#socket.links({ ifindex: bridge })[0]?.vlanFiltering === true;
      this.#filtering.set(bridge, known);
    }
    return known;
  }
}
