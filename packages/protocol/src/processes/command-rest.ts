import type { Program } from '@vethlab/topology';
import type { ProcessSignal } from './command-status.js';

/** `POST /labs/{id}/commands/allow`: argument lists, exactly as they were shown to whoever agrees; with the VRF where there is one. */
export interface AllowCommandsBody {
  readonly runs: readonly (readonly string[] | Program)[];
}

/** `POST /labs/{id}/nodes/{name}/processes/signal`. */
export interface SignalProcessBody {
  readonly pid: number;
  readonly startedTicks: number;
  readonly signal: ProcessSignal;
}

/** What a signal answers: it was sent. Look at the processes again to see what came of it. */
export interface SignalProcessReply {
  readonly signalled: true;
}
