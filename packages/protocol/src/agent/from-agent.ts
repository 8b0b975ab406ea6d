import type { KernelFeature, ObservedDelta } from '@vethlab/observed';
import type { Step } from '@vethlab/planner';
import type { ScriptAnswer } from '../adopt/adopt-message.js';
import type { ApplyReport, DriftItem } from '../apply.js';
import type { HostAnswer } from '../host/host-message.js';
import type { LiveNews, LookAnswer } from '../inspect/live-message.js';
import type { Progress } from '../lab.js';
import type { OutsideOrder } from '../outside/outside-message.js';
import type { ProbeSample, ReachReport } from '../probe.js';
import type { CommandAnswer, CommandNews } from '../processes/command-agent.js';
import type { Rate } from '../stream/server-message.js';
import type { TerminalNews, TerminalOpened } from '../terminals/terminal-agent.js';

/** Agent → server. */
export type FromAgent =
  /** The agent is inside its sandbox and ready for `open`. */
  | { readonly type: 'ready'; readonly protocol: number; readonly pid: number }
  /** What the kernel can do: once, when it is first needed or after the first apply. To a server that came anew, again. */
  | { readonly type: 'features'; readonly features: readonly KernelFeature[] }
  | { readonly type: 'observed'; readonly delta: ObservedDelta }
  | { readonly type: 'progress'; readonly progress: Progress | null }
  | { readonly type: 'applied'; readonly report: ApplyReport }
  | { readonly type: 'drift'; readonly items: readonly DriftItem[] }
  | { readonly type: 'probes'; readonly samples: readonly ProbeSample[] }
  | { readonly type: 'rates'; readonly rates: Readonly<Record<string, Rate>> }
  | { readonly type: 'plan'; readonly id: string; readonly steps: readonly Step[] }
  | { readonly type: 'repaired'; readonly id: string; readonly report: ApplyReport }
  | { readonly type: 'reach-progress'; readonly id: string; readonly done: number; readonly total: number }
  | { readonly type: 'reach'; readonly id: string; readonly report: ReachReport }
  | LiveNews
  | LookAnswer
  | HostAnswer
  | ScriptAnswer
  | TerminalNews
  | CommandNews
  | CommandAnswer
  | TerminalOpened
  | OutsideOrder
  | { readonly type: 'exited'; readonly id: string; readonly exitCode: number }
  | { readonly type: 'torn-down'; readonly id: string; readonly ms: number }
  | { readonly type: 'figures'; readonly id: string; readonly figures: AgentFigures }
  | { readonly type: 'refused'; readonly id: string; readonly code: string; readonly detail: string }
  | {
      readonly type: 'log';
      readonly level: 'info' | 'warn' | 'error';
      readonly message: string;
      readonly data?: Readonly<Record<string, unknown>>;
    }
  /** The agent is about to end because it cannot work here. */
  | { readonly type: 'fatal'; readonly code: string; readonly reason: string; readonly remedy: string };

export interface AgentFigures {
  readonly rssBytes: number;
  readonly heapUsedBytes: number;
  readonly cpuUserMicroseconds: number;
  readonly cpuSystemMicroseconds: number;
  /** Longest time the event loop was held since the last call. */
  readonly eventLoopMaxDelayMs: number;
  /** Cost of the last sweep over all counters. */
  readonly lastCountersSweepMs: number | null;
}
