import type { InterfaceCounters } from '@vethlab/netlink';
import type { LiveCounters, LiveList } from '@vethlab/protocol';
import type { LabNamespace } from '../../kernel/namespaces.js';
import { bounded } from '../bounded.js';
import type { LookContext } from '../look-context.js';

const bitsPerByte = 8;

interface Reading {
  readonly at: number;
  readonly byIfindex: ReadonlyMap<number, InterfaceCounters>;
}

/** Totals of every interface, and what they grew by since the reading before. One object for each who counts for themselves. */
export class CounterReader {
  readonly #last = new WeakMap<LabNamespace, Reading>();

  read(look: LookContext): LiveList<LiveCounters> {
    const at = performance.now();
    const counters = look.namespace.socket.counters().sort((a, b) => a.ifindex - b.ifindex);
    const before = this.#last.get(look.namespace);
    const byIfindex = new Map(counters.map((one) => [one.ifindex, one]));
    this.#last.set(look.namespace, { at, byIfindex });
    const seconds = before === undefined ? 0 : (at - before.at) / 1000;
    return bounded(
      counters.map((now) => ({
        ...now,
        ifname: look.nameOf(now.ifindex),
        ...rates(now, before?.byIfindex.get(now.ifindex), seconds),
      })),
    );
  }

  /** The next reading is a first one: nobody looked in between. */
  forget(namespace: LabNamespace): void {
    this.#last.delete(namespace);
  }
}

type Rates = Pick<LiveCounters, 'rxBitsPerSecond' | 'txBitsPerSecond' | 'rxPacketsPerSecond' | 'txPacketsPerSecond'>;

function rates(now: InterfaceCounters, before: InterfaceCounters | undefined, seconds: number): Rates {
  if (before === undefined || seconds <= 0) {
    return { rxBitsPerSecond: null, txBitsPerSecond: null, rxPacketsPerSecond: null, txPacketsPerSecond: null };
  }
  // An interface that was made anew under the same index counts from zero.
  const perSecond = (total: number, last: number) => Math.max(0, Math.round((total - last) / seconds));
  return {
    rxBitsPerSecond: perSecond(now.rxBytes * bitsPerByte, before.rxBytes * bitsPerByte),
    txBitsPerSecond: perSecond(now.txBytes * bitsPerByte, before.txBytes * bitsPerByte),
    rxPacketsPerSecond: perSecond(now.rxPackets, before.rxPackets),
    txPacketsPerSecond: perSecond(now.txPackets, before.txPackets),
  };
}
