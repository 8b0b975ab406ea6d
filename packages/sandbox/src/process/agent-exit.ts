import type { FromAgent } from '@vethlab/protocol';

/** How an agent ended. */
export interface AgentExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** For people: `The lab's agent ended with exit code 1: TypeError …`. */
  readonly reason: string;
  /** What the agent itself gave as its reason, if it did. */
  readonly fatal: Extract<FromAgent, { readonly type: 'fatal' }> | null;
}

/** A shell reports a child that died of signal N as exit code 128 + N (its manual, "Exit Status"). */
const signalOffset = 128;

const signalNames: ReadonlyMap<number, string> = new Map([
  [6, 'SIGABRT, as when memory runs out'],
  [9, 'SIGKILL'],
  [11, 'SIGSEGV'],
  [15, 'SIGTERM'],
]);

/** Puts an agent's end into words. */
export function describeExit(end: {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly killedByUs: boolean;
  readonly fatal: AgentExit['fatal'];
  readonly lastWords: string;
}): AgentExit {
  const { code, signal, fatal } = end;
  return { code, signal, fatal, reason: reasonOf(end) };
}

function reasonOf(end: Parameters<typeof describeExit>[0]): string {
  if (end.killedByUs) return "The lab's sandbox was ended.";
  if (end.fatal !== null) return end.fatal.reason;
  const details = end.lastWords === '' ? '' : ` Its last words: ${end.lastWords}`;
  return `The lab's agent ${howItEnded(end.code, end.signal)}.${details}`;
}

function howItEnded(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) return `was ended by ${signal}`;
  if (code !== null && code > signalOffset) {
    return `was ended by ${signalNames.get(code - signalOffset) ?? `signal ${code - signalOffset}`}`;
  }
  return `ended by itself with exit code ${code ?? 'unknown'}`;
}
