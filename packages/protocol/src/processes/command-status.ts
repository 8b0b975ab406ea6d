import type { Program } from '@vethlab/topology';

/** A command of a node, by their names. */
export interface CommandRef {
  readonly node: string;
  readonly name: string;
}

/** What a command of a running lab is doing. Times are milliseconds since the epoch, for people. */
export type CommandState =
  /** Nobody has agreed to its argument list, in its VRF, yet: it does not run, whoever asks. */
  | { readonly state: 'waiting-for-consent' }
  /** Not started yet: it is started by hand, or its namespace is not in the kernel. */
  | { readonly state: 'idle' }
  | { readonly state: 'starting' }
  /** `pid` in the sandbox's process namespace. */
  | { readonly state: 'running'; readonly pid: number; readonly sinceMs: number }
  /** Told to end, and not ended yet. */
  | { readonly state: 'stopping'; readonly pid: number }
  /** One of exit code and signal (`SIGKILL`) is set. `restartAtMs`: when it is started again by its policy. */
  | {
      readonly state: 'exited';
      readonly exitCode: number | null;
      readonly signal: string | null;
      readonly atMs: number;
      readonly restartAtMs: number | null;
    }
  /** The system's own error, such as `ENOENT: no such program nosuch`, or `ENODEV` and the VRF that is not in the kernel. */
  | { readonly state: 'failed'; readonly error: string; readonly atMs: number };

export interface CommandStatus extends CommandRef {
  readonly status: CommandState;
  /** Started again by its policy since somebody last started it. */
  readonly restarts: number;
  /** Somebody stopped it: no policy starts it again. */
  readonly stoppedByHand: boolean;
}

/** A command that nobody has agreed to, with all that a person needs to decide. */
export interface WaitingCommand extends CommandRef, Program {}

/** Everything there is to say about the commands of a lab. */
export interface CommandsView {
  /** Empty while the lab does not run. */
  readonly statuses: readonly CommandStatus[];
  /** Also while the lab does not run. */
  readonly waiting: readonly WaitingCommand[];
}

/** The end of what a command printed, on stdout and stderr together. */
export interface CommandLog {
  /** Bytes that were printed before `text`, since the lab was started. */
  readonly from: number;
  /** Ask from here to get what is printed later. */
  readonly next: number;
  /** What was printed, read as UTF-8; at most 64 KB. It may have any control character: show it as text. */
  readonly text: string;
}

/** Bytes of output that are kept of a command. */
export const commandLogBytes = 64 * 1024;

/** A process in the namespace of a node, whoever started it. */
export interface NodeProcess {
  /** In the sandbox's process namespace. */
  readonly pid: number;
  readonly parentPid: number;
  /** Clock ticks from the start of the machine to that of the process: with the pid, it names one process and no later one. */
  readonly startedTicks: number;
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number;
  /** As the process says it, at most 64 arguments and 4,096 characters; the name in brackets when it says nothing. */
  readonly arguments: readonly string[];
  /** One letter of proc_pid_stat(5): R running, S sleeping, D waiting for a device, T stopped, Z ended. */
  readonly state: string;
  /** Processor time used so far. The share of a core follows from two looks. */
  readonly cpuMs: number;
  readonly residentBytes: number;
  /** The command of the lab that it belongs to; null: somebody else started it. */
  readonly command: string | null;
}

export interface NodeProcesses {
  /** When they were looked at, on a monotonic clock of the agent. */
  readonly takenMs: number;
  /** In the order of their start; at most 1,000. */
  readonly processes: readonly NodeProcess[];
  /** How many there are. */
  readonly total: number;
}

/** Processes of one node in one answer. */
export const maximumNodeProcesses = 1_000;

/** What a process may be told: to end, or to be ended at once. */
export type ProcessSignal = 'SIGTERM' | 'SIGKILL';
