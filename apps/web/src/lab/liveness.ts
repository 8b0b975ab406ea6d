import type { RunState } from '@vethlab/protocol';
import type { LabState } from './lab-state';

/**
 * What may be said of the kernel. `live`: what it says now. `idle`: nothing runs, so there is nothing to say. `unknown`:
 * the connection is gone, and what is drawn is how things were.
 */
export type Liveness = 'live' | 'idle' | 'unknown';

/** While a lab starts, what is there of it already is told. While it is restarted, nothing of it is left. */
export function isLive(run: RunState): boolean {
  return run.state === 'running' || run.state === 'starting';
}

export function livenessOf(lab: Pick<LabState, 'run' | 'connection'>): Liveness {
  if (lab.connection !== 'open') return 'unknown';
  return isLive(lab.run) ? 'live' : 'idle';
}
