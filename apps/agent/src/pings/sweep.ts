import type { PingOutcome } from '@vethlab/protocol';
import { Slices } from '../timing/slices.js';
import type { Echo, EchoLines } from './echo-lines.js';
import type { ReachTarget } from './reach-batches.js';

/** When something held the event loop, timers run before waiting answers are read: this much later these have had their turn. */
const lastCallMs = 20;

/** Echoes under way at once: more would overflow the queues of sockets and neighbours. */
const mostUnderWay = 1000;

/** From a node to an address, and what came of it. */
export interface SweepCell {
  readonly from: ReachTarget;
  readonly to: ReachTarget;
  outcome: PingOutcome;
}

export interface SweepOptions {
  readonly lines: EchoLines;
  readonly cancelled: () => boolean;
  readonly onAnswer: () => void;
  /** Silence this long, with nothing more to send, means that the rest will not answer. */
  readonly silenceMs: number;
}

/** One echo request for each cell, all together. Resolves when all are answered or silence has set in; silent cells time out. */
export async function sweep(cells: readonly SweepCell[], options: SweepOptions): Promise<void> {
  const { lines, cancelled, onAnswer, silenceMs } = options;
  const slices = new Slices();
  const identifier = lines.identifier();
  const underWay = new Map<SweepCell, Echo>();
  const quiet = new Silence(silenceMs);
  for (const [index, cell] of cells.entries()) {
    if (cancelled()) break;
    const echo: Echo = {
      destination: cell.to.address,
      identifier,
      sequence: index & 0xffff,
      onOutcome: (outcome) => {
        cell.outcome = outcome;
        underWay.delete(cell);
        onAnswer();
        quiet.broken();
      },
    };
    underWay.set(cell, echo);
    lines.send(cell.from.node, echo);
    await slices.turn();
    if (underWay.size >= mostUnderWay) {
      await quiet.until(() => underWay.size < mostUnderWay / 2);
      if (underWay.size >= mostUnderWay / 2) giveUp(underWay, lines);
    }
  }
  await quiet.until(() => underWay.size === 0);
  giveUp(underWay, lines);
}

function giveUp(underWay: Map<SweepCell, Echo>, lines: EchoLines): void {
  for (const [cell, echo] of underWay) {
    cell.outcome = { kind: 'timeout' };
    lines.giveUp(cell.from.node, echo);
  }
  underWay.clear();
}

/** Waits for a condition, but no longer than nothing happens. */
class Silence {
  readonly #ms: number;
  #wake: (() => void) | null = null;

  constructor(ms: number) {
    this.#ms = ms;
  }

  /** Something happened. */
  broken(): void {
    this.#wake?.();
  }

  until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout;
      const end = () => {
        clearTimeout(timer);
        this.#wake = null;
        resolve();
      };
      const wait = () => {
        timer = setTimeout(() => {
          timer = setTimeout(end, lastCallMs);
        }, this.#ms);
      };
      wait();
      this.#wake = () => {
        clearTimeout(timer);
        if (condition()) end();
        else wait();
      };
    });
  }
}
