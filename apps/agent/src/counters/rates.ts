import type { Rate } from '@vethlab/protocol';
import type { LabNamespace, LabNamespaces } from '../kernel/namespaces.js';
import { Slices } from '../timing/slices.js';

/** Once a second, as the canvas shows it. */
const everyMs = 1000;
const bitsPerByte = 8;

interface Reading {
  readonly rxBytes: number;
  readonly txBytes: number;
}

interface NamespaceReading {
  readonly at: number;
  readonly byIfindex: ReadonlyMap<number, Reading>;
}

/** Counters come with an index only. Null for an interface that has not been looked at yet. */
export type IfnameLookup = (namespace: string, ifindex: number) => string | null;

/** Traffic of every interface, from the kernel's counters. Runs only while somebody looks. */
export class Rates {
  readonly #namespaces: LabNamespaces;
  readonly #ifnameOf: IfnameLookup;
  readonly #onRates: (rates: Readonly<Record<string, Rate>>) => void;
  readonly #readings = new WeakMap<LabNamespace, NamespaceReading>();
  #timer: NodeJS.Timeout | null = null;
  #sweeping = false;
  #lastSweepMs: number | null = null;
  #isQuiet = true;

  constructor(
    namespaces: LabNamespaces,
    ifnameOf: IfnameLookup,
    onRates: (rates: Readonly<Record<string, Rate>>) => void,
  ) {
    this.#namespaces = namespaces;
    this.#ifnameOf = ifnameOf;
    this.#onRates = onRates;
  }

  /** Processor-bound time of the last sweep over all namespaces, in milliseconds. */
  get lastSweepMs(): number | null {
    return this.#lastSweepMs;
  }

  watch(on: boolean): void {
    if (on && this.#timer === null) {
      this.#timer = setInterval(() => void this.#sweep(), everyMs);
    } else if (!on && this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
    }
  }

  async #sweep(): Promise<void> {
    // A sweep that takes longer than its interval must not pile up on itself.
    if (this.#sweeping) return;
    this.#sweeping = true;
    const slices = new Slices();
    const rates: [string, Rate][] = [];
    let busyMs = 0;
    try {
      for (const name of this.#namespaces.names()) {
        const startedAt = performance.now();
        const namespace = this.#namespaces.get(name);
        if (namespace !== undefined) rates.push(...this.#read(namespace));
        busyMs += performance.now() - startedAt;
        await slices.turn();
      }
    } finally {
      this.#sweeping = false;
    }
    this.#lastSweepMs = busyMs;
    // Where nothing was sent and nothing is, nothing is told: every page would look for what has changed.
    const wasQuiet = this.#isQuiet;
    this.#isQuiet = rates.length === 0;
    if (!wasQuiet || !this.#isQuiet) this.#onRates(Object.fromEntries(rates));
  }

  #read(namespace: LabNamespace): [string, Rate][] {
    const at = performance.now();
    const counters = namespace.socket.counters();
    const before = this.#readings.get(namespace);
    this.#readings.set(namespace, {
      at,
      byIfindex: new Map(counters.map(({ ifindex, rxBytes, txBytes }) => [ifindex, { rxBytes, txBytes }])),
    });
    if (before === undefined) return [];
    const seconds = (at - before.at) / 1000;
    // Whole bits: with all digits of a quotient, the message of a thousand links is three times as long.
    const perSecond = (bytes: number) => Math.max(0, Math.round((bytes * bitsPerByte) / seconds));
    const rates: [string, Rate][] = [];
    for (const { ifindex, rxBytes, txBytes } of counters) {
      const last = before.byIfindex.get(ifindex);
      if (last === undefined || (last.rxBytes === rxBytes && last.txBytes === txBytes)) continue;
      const ifname = this.#ifnameOf(namespace.name, ifindex);
      if (ifname === null) continue;
      rates.push([
        `${namespace.name}:${ifname}`,
        {
          rxBitsPerSecond: perSecond(rxBytes - last.rxBytes),
          txBitsPerSecond: perSecond(txBytes - last.txBytes),
        },
      ]);
    }
    return rates;
  }
}
