import type { TerminalSession } from './terminal.js';

/** `POST /labs/{id}/terminals`: a shell in a node, or (null) the lab's root shell. Without a size, 80 by 24. */
export interface OpenTerminalBody {
  readonly node: string | null;
  /** A VRF of that node: the shell and all it starts send and listen there. */
  readonly vrf?: string;
  readonly cols?: number;
  readonly rows?: number;
}

/** `GET /labs/{id}/terminals`, and what closing one answers. */
export interface TerminalListReply {
  readonly terminals: readonly TerminalSession[];
}
