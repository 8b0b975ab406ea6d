import type { PingOutcome, ProbeSample } from '@vethlab/protocol';
import { type Probe, type ProbeKey, probeKey } from '@vethlab/topology';
import type { Echo, EchoLines } from './echo-lines.js';

/** A live answer takes microseconds here; a second is what `ping -W 1` would wait. */
const timeoutMs = 1000;

/**
 * The kernel takes about three seconds to find that nobody answers ARP, and says so after our own time-out. Its word is kept
 * this long as the reason for the silence.
 */
const lateVerdictMs = 5000;

/** Samples are sent together this often. */
const sendEveryMs = 100;

interface Running {
  readonly probe: Probe;
  readonly identifier: number;
  readonly timer: NodeJS.Timeout;
  sequence: number;
  readonly waiting: Set<NodeJS.Timeout>;
  verdict: { readonly outcome: PingOutcome; readonly at: number } | null;
}

/** The repeated pings of the document. */
export class Probes {
  readonly #lines: EchoLines;
  readonly #onSamples: (samples: readonly ProbeSample[]) => void;
  readonly #running = new Map<ProbeKey, Running>();
  #samples: ProbeSample[] = [];
  #sender: NodeJS.Timeout | null = null;

  constructor(lines: EchoLines, onSamples: (samples: readonly ProbeSample[]) => void) {
    this.#lines = lines;
    this.#onSamples = onSamples;
  }

  /** Starts what is new, stops what is gone, leaves the others alone. */
  set(probes: readonly Probe[]): void {
    const wanted = new Map(probes.map((probe) => [probeKey(probe), probe]));
    for (const [key, running] of this.#running) {
      if (wanted.get(key)?.intervalMs !== running.probe.intervalMs) this.#stop(key, running);
    }
    for (const [key, probe] of wanted) if (!this.#running.has(key)) this.#start(key, probe);
  }

  stop(): void {
    for (const [key, running] of this.#running) this.#stop(key, running);
    if (this.#sender !== null) clearTimeout(this.#sender);
    this.#sender = null;
  }

  #start(key: ProbeKey, probe: Probe): void {
    const running: Running = {
      probe,
      identifier: this.#lines.identifier(),
      timer: setInterval(() => this.#ping(key, running), probe.intervalMs),
      sequence: 0,
      waiting: new Set(),
      verdict: null,
    };
    this.#running.set(key, running);
    this.#ping(key, running);
  }

  #stop(key: ProbeKey, running: Running): void {
    clearInterval(running.timer);
    for (const timer of running.waiting) clearTimeout(timer);
    this.#running.delete(key);
  }

  #ping(key: ProbeKey, running: Running): void {
    running.sequence += 1;
    const { sequence } = running;
    let said = false;
    let timer: NodeJS.Timeout | null = null;
    const say = (outcome: PingOutcome) => {
      said = true;
      if (timer !== null) {
        clearTimeout(timer);
        running.waiting.delete(timer);
      }
      if (this.#running.get(key) === running) this.#add({ key, sequence, outcome });
    };
    const echo: Echo = {
      destination: running.probe.to,
      ...(running.probe.vrf === undefined ? {} : { vrf: running.probe.vrf }),
      identifier: running.identifier,
      sequence: sequence & 0xffff,
      onOutcome: (outcome) => {
        if (outcome.kind === 'unreachable') running.verdict = { outcome, at: performance.now() };
        else if (outcome.kind === 'reply') running.verdict = null;
        if (!said) say(outcome);
      },
    };
    this.#lines.send(running.probe.from, echo);
    if (said) return;
    timer = setTimeout(() => {
      say(this.#recentVerdict(running) ?? { kind: 'timeout' });
      this.#forgetLater(running, echo);
    }, timeoutMs);
    running.waiting.add(timer);
  }

  #recentVerdict(running: Running): PingOutcome | null {
    const { verdict } = running;
    return verdict !== null && performance.now() - verdict.at < lateVerdictMs ? verdict.outcome : null;
  }

  /** Waits on for the kernel's late word about an echo that has timed out. */
  #forgetLater(running: Running, echo: Echo): void {
    const timer = setTimeout(() => {
      running.waiting.delete(timer);
      this.#lines.giveUp(running.probe.from, echo);
    }, lateVerdictMs);
    running.waiting.add(timer);
  }

  #add(sample: ProbeSample): void {
    this.#samples.push(sample);
    this.#sender ??= setTimeout(() => {
      this.#sender = null;
      const samples = this.#samples;
      this.#samples = [];
      this.#onSamples(samples);
    }, sendEveryMs);
  }
}
