import type { Topology, TopologyDiff } from '@vethlab/topology';
import type { AdoptOrder } from '../adopt/adopt-message.js';
import type { HostRequest } from '../host/host-message.js';
import type { InspectOrder, LookOrder } from '../inspect/live-message.js';
import type { OutsideNews } from '../outside/outside-message.js';
import type { CommandOrder } from '../processes/command-agent.js';
import type { TerminalOrder } from '../terminals/terminal-agent.js';

/** Server → agent over the IPC channel of Node. `id` comes back in the answer. */
export type ToAgent =
  /** First message. The agent applies the document from nothing. */
  | { readonly type: 'open'; readonly topology: Topology; readonly revision: number }
  /** Bring the kernel to `revision`: only what the diff touches is planned. `sentAtMs` is for latency figures only. */
  | { readonly type: 'change'; readonly diff: TopologyDiff; readonly revision: number }
  /** What would `change` do with this diff (null: with the document as it is, the repair of all drift)? Answer: `plan`. */
  | { readonly type: 'plan'; readonly id: string; readonly diff: TopologyDiff | null }
  /** Undo drift: the steps with these ids, or all. */
  | { readonly type: 'repair'; readonly id: string; readonly items: readonly string[] | null }
  | { readonly type: 'reach'; readonly id: string; readonly family: 4 | 6 }
  | { readonly type: 'cancel'; readonly id: string }
  /** Probes and rates are costly and only for eyes: whether any client looks. */
  | { readonly type: 'watch'; readonly counters: boolean }
  | InspectOrder
  | LookOrder
  | HostRequest
  | AdoptOrder
  | TerminalOrder
  | CommandOrder
  | OutsideNews
  /** `vethlab run`: run a command in the lab's root shell with the agent's own stdio. Null: an interactive shell. Answer: `exited`. */
  | {
      readonly type: 'exec';
      readonly id: string;
      readonly command: readonly [string, ...string[]] | null;
      readonly cwd: string;
      readonly env: Readonly<Record<string, string>>;
    }
  /** Remove everything in order (the bench measures it); a sandbox is otherwise just killed. Answer: `torn-down`. */
  | { readonly type: 'teardown'; readonly id: string }
  /** For tests and bench: memory and event loop figures since the last call. Answer: `figures`. */
  | { readonly type: 'figures'; readonly id: string };
