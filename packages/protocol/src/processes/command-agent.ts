import type { CommandLog, CommandRef, CommandStatus, NodeProcesses, ProcessSignal } from './command-status.js';

/** Server → agent. Nothing runs whose argument list and VRF (`commandKey`) were not allowed. */
export type CommandOrder =
  /** All that may run from now on; replaces what was allowed before. What runs already goes on. */
  | { readonly type: 'allow-commands'; readonly keys: readonly string[] }
  /** Answer: `command-acted`, when it was started, or when it has ended. */
  | ({ readonly type: 'command-act'; readonly id: string; readonly act: CommandAct } & CommandRef)
  /** Answer: `command-log-read`. */
  | ({ readonly type: 'command-log'; readonly id: string; readonly from: number } & CommandRef)
  /** Answer: `processes-listed`. */
  | { readonly type: 'processes'; readonly id: string; readonly node: string }
  /** Answer: `process-signalled`. Refused when that process is not there any more, or not in that node. */
  | {
      readonly type: 'process-signal';
      readonly id: string;
      readonly node: string;
      readonly pid: number;
      readonly startedTicks: number;
      readonly signal: ProcessSignal;
    };

export type CommandAct = 'start' | 'stop' | 'restart';

/** Agent → server, of its own accord: commands that do something else than before, and those that are no more. */
export interface CommandNews {
  readonly type: 'commands';
  readonly statuses: readonly CommandStatus[];
  readonly gone: readonly CommandRef[];
}

/** Agent → server: answers. */
export type CommandAnswer =
  | { readonly type: 'command-acted'; readonly id: string; readonly status: CommandStatus }
  | { readonly type: 'command-log-read'; readonly id: string; readonly log: CommandLog }
  | { readonly type: 'processes-listed'; readonly id: string; readonly list: NodeProcesses }
  | { readonly type: 'process-signalled'; readonly id: string };
