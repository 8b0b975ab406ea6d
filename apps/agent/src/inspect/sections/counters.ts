import type { InterfaceCounters } from '@vethlab/netlink';
import type { LiveCounters, LiveList } from '@vethlab/protocol';
import type { LabNamespace } from '../../kernel/namespaces.js';
import { bounded } from '../bounded.js';
import type { LookContext } from '../look-context.js';

const bitsPerByte = 8;

/** Rates are over at least this long: over less, one packet looks like a flood. */
const leastMs = 700;

interface Reading {
  readonly at: number;
  readonly byIfindex: ReadonlyMap<number, InterfaceCounters>;
  readonly rates: ReadonlyMap<number, Rates>;
}

/** Totals of every interface, and what they grew by since the reading before. One object for each who counts for themselves. */
export class CounterReader {
  readonly #last = new WeakMap<LabNamespace, Reading>();

  read(look: LookContext): LiveList<LiveCounters> {
    const at = performance.now();
    const counters = look.namespace.socket.counters().sort((a, b) => a.ifindex - b.ifindex);
    const before = this.#last.get(look.namespace);
    const base =
      before === undefined || at - before.at >= leastMs ? this.#takeBase(look.namespace, at, counters) : before;
    return bounded(
      counters.map((now) => ({
        ...now,
        ifname: look.nameOf(now.ifindex),
        ...(base.rates.get(now.ifindex) ?? unknownRates),
      })),
    );
  }

  #takeBase(namespace: LabNamespace, at: number, counters: readonly InterfaceCounters[]): Reading {
    const before = this.#last.get(namespace);
    const seconds = before === undefined ? 0 : (at - before.at) / 1000;
    const reading: Reading = {
      at,
      byIfindex: new Map(counters.map((one) => [one.ifindex, one])),
      rates: new Map(counters.map((one) => [one.ifindex, rates(one, before?.byIfindex.get(one.ifindex), seconds)])),
    };
    this.#last.set(namespace, reading);
    return reading;
  }

  /** The next reading is a first one: nobody looked in between. */
  forget(namespace: LabNamespace): void {
    this.#last.delete(namespace);
  }
}

type Rates = Pick<LiveCounters, 'rxBitsPerSecond' | 'txBitsPerSecond' | 'rxPacketsPerSecond' | 'txPacketsPerSecond'>;

const unknownRates: Rates = {
  rxBitsPerSecond: null,
  txBitsPerSecond: null,
  rxPacketsPerSecond: null,
  txPacketsPerSecond: null,
};

function rates(now: InterfaceCounters, before: InterfaceCounters | undefined, seconds: number): Rates {
  if (before === undefined || seconds <= 0) return unknownRates;
  // An interface that was made anew under the same index counts from zero.
  const perSecond = (total: number, last: number) => Math.max(0, Math.round((total - last) / seconds));
  return {
    rxBitsPerSecond: perSecond(now.rxBytes * bitsPerByte, before.rxBytes * bitsPerByte),
    txBitsPerSecond: perSecond(now.txBytes * bitsPerByte, before.txBytes * bitsPerByte),
    rxPacketsPerSecond: perSecond(now.rxPackets, before.rxPackets),
    txPacketsPerSecond: perSecond(now.txPackets, before.txPackets),
  };
}
