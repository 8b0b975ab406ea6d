import type { TerminalEnd } from './terminal.js';

/** Server → agent. `terminal` is the id of a session, chosen by the server. */
export type TerminalOrder =
  /** Starts a shell in the namespace of `node`, or (null) in the lab's root namespace. Answer: `terminal-opened`. */
  | {
      readonly type: 'terminal-open';
      readonly id: string;
      readonly terminal: string;
      readonly node: string | null;
      /** All sockets of the shell and of what it starts are of this VRF. */
      readonly vrf?: string;
      readonly cols: number;
      readonly rows: number;
    }
  /** Keystrokes: bytes as base64. The agent says `terminal-taken` for them. */
  | { readonly type: 'terminal-input'; readonly terminal: string; readonly data: string }
  | { readonly type: 'terminal-resize'; readonly terminal: string; readonly cols: number; readonly rows: number }
  /** So many bytes of output were taken: room for as many more. */
  | { readonly type: 'terminal-ack'; readonly terminal: string; readonly bytes: number }
  /** Ends the shell and what it started in its terminal. `terminal-exited` follows. */
  | { readonly type: 'terminal-close'; readonly terminal: string };

/** Agent → server, of its own accord. */
export type TerminalNews =
  /** At most 32 KB as base64. No more than the window (256 KB) is sent before it is acknowledged: the terminal is paused then. */
  | { readonly type: 'terminal-output'; readonly terminal: string; readonly data: string }
  /** So many bytes of input were written to the terminal; told once they are worth a message. */
  | { readonly type: 'terminal-taken'; readonly terminal: string; readonly bytes: number }
  /** Its namespace has another name now. */
  | { readonly type: 'terminal-renamed'; readonly terminal: string; readonly node: string }
  /** All of its output was sent before. */
  | {
      readonly type: 'terminal-exited';
      readonly terminal: string;
      readonly reason: Extract<TerminalEnd, 'ended' | 'closed' | 'node-removed'>;
      readonly exitCode: number | null;
      readonly signal: string | null;
    };

/** Agent → server: the answer to `terminal-open`. */
export interface TerminalOpened {
  readonly type: 'terminal-opened';
  readonly id: string;
  /** Of the shell, in the sandbox's process namespace. */
  readonly pid: number;
  /** The program that runs: `/usr/bin/bash`, or `/bin/sh` where there is no bash. */
  readonly shell: string;
}

/** Un-acknowledged output of one session above which its terminal is paused. */
export const terminalWindowBytes = 256 * 1024;

/** Output in one message: small enough that nobody waits for it, large enough that a flood is few messages. */
export const terminalChunkBytes = 32 * 1024;
