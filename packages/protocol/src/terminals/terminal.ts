/** Why a terminal session ended. */
export type TerminalEnd =
  /** Its shell ended by itself, or by a signal that somebody sent. */
  | 'ended'
  /** Somebody closed the terminal. */
  | 'closed'
  /** Its node is gone: deleted on the canvas or with `ip netns del`. */
  | 'node-removed'
  /** The lab was stopped. */
  | 'lab-stopped'
  /** The lab's agent died, and with it everything in the sandbox. */
  | 'agent-lost';

/** One shell of a lab and what it wrote. It goes on without viewers, and stays in the list after its end until it is closed. */
export interface TerminalSession {
  readonly id: string;
  /** The namespace it runs in; follows a rename. Null: the lab's root shell. */
  readonly node: string | null;
  /** The VRF of that node that all its sockets are of; absent: none. */
  readonly vrf?: string;
  /** What to call it: `ns1`, or `ns1 (2)` for the second one there; `root`, `root (2)`. Text of a person: show it, never interpret it. */
  readonly title: string;
  readonly state: 'running' | 'exited';
  /** Null while it runs. */
  readonly reason: TerminalEnd | null;
  /** One sentence for people about the end. */
  readonly detail: string | null;
  /** Of the shell; null while it runs, or when a signal ended it. */
  readonly exitCode: number | null;
  /** `SIGKILL`; null when no signal ended it. */
  readonly signal: string | null;
  readonly cols: number;
  readonly rows: number;
  /** Sockets that are attached now. */
  readonly viewers: number;
}

/** Terminals of one lab, the ended ones included: a class of 40 people with a few each, and the bench's 100. */
export const terminalsPerLabMax = 128;

/** Last bytes of output that are kept of each session: some ten thousand lines. */
export const terminalScrollbackBytes = 1024 * 1024;

/** Largest binary frame of a viewer. A longer paste is sent in several. */
export const terminalInputMaxBytes = 64 * 1024;

/** Bytes of output that a viewer may have on its way and not acknowledged; acknowledge long before that. */
export const terminalViewerWindowBytes = 512 * 1024;

/** Larger than any screen; a terminal emulator keeps a cell for each place. */
export const terminalColsMax = 1_000;
export const terminalRowsMax = 500;
