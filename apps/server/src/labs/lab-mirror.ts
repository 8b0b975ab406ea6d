import { applyObservedDelta, emptyObserved, isEmptyDelta, type KernelFeature, type Observed } from '@vethlab/observed';
import type { ApplyReport, DriftItem, FromAgent, ProbeSample, Rate } from '@vethlab/protocol';
import { type ProbeKey, probeKey, type Topology } from '@vethlab/topology';
import { probeSamplesMax } from '../limits.js';
import type { Announcement } from './audience.js';

/** Messages of the agent that tell state, as against answers to requests. */
export type StateMessage = Extract<
  FromAgent,
  { type: 'observed' | 'applied' | 'drift' | 'features' | 'probes' | 'rates' }
>;

/** What the agent last said about the kernel, kept so that a snapshot can be given at any time. */
export class LabMirror {
  observed: Observed = emptyObserved;
  drift: readonly DriftItem[] = [];
  /** Of the machine, so they outlive the sandbox. */
  features: readonly KernelFeature[] = [];
  rates: Readonly<Record<string, Rate>> = {};
  lastApply: ApplyReport | null = null;
  readonly #probes = new Map<ProbeKey, ProbeSample[]>();

  /** Up to 60 last samples of every probe, oldest first. */
  get probes(): readonly ProbeSample[] {
    return [...this.#probes.values()].flat();
  }

  take(message: StateMessage): void {
    switch (message.type) {
      case 'observed':
        this.observed = applyObservedDelta(this.observed, message.delta);
        return;
      case 'applied':
        this.lastApply = message.report;
        return;
      case 'drift':
        this.drift = message.items;
        return;
      case 'features':
        this.features = message.features;
        return;
      case 'rates':
        this.rates = message.rates;
        return;
      case 'probes':
        for (const sample of message.samples) this.#keep(sample);
        return;
    }
  }

  /** The samples of probes that the document no longer has are forgotten. */
  keepProbesOf(topology: Topology): void {
    const keys = new Set(topology.probes.map(probeKey));
    for (const key of this.#probes.keys()) if (!keys.has(key)) this.#probes.delete(key);
  }

  /** The sandbox is gone, and with it everything in it. What to tell the clients. */
  clear(): readonly Announcement[] {
    const { namespaces, root, rootBeyond } = this.observed;
    const gone = {
      namespaces: noneOf(namespaces),
      ...(root === undefined ? {} : { root: noneOf(root) }),
      ...(rootBeyond === undefined ? {} : { rootBeyond: [] }),
    };
    const told: Announcement[] = [];
    if (!isEmptyDelta(gone)) told.push({ type: 'observed', delta: gone });
    if (this.drift.length > 0) told.push({ type: 'drift', items: [] });
    if (Object.keys(this.rates).length > 0) told.push({ type: 'rates', rates: {} });
    this.observed = emptyObserved;
    this.drift = [];
    this.rates = {};
    this.#probes.clear();
    return told;
  }

  #keep(sample: ProbeSample): void {
    const samples = this.#probes.get(sample.key) ?? [];
    samples.push(sample);
    if (samples.length > probeSamplesMax) samples.shift();
    this.#probes.set(sample.key, samples);
  }
}

function noneOf(record: object): Readonly<Record<string, null>> {
  return Object.fromEntries(Object.keys(record).map((name) => [name, null]));
}
