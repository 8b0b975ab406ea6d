import type { Logger } from 'pino';
import type { Lab } from './lab.js';

/**
 * Starts a lab that was running when the server ended. Edits that were held stay held: the lab starts as it was last
 * applied. When that is not known, because the server was killed just as it was being written, the lab stays stopped.
 */
export async function comeBack(lab: Lab | undefined, log: Logger): Promise<void> {
  // Its file went while the server was down.
  if (lab === undefined) return;
  if (lab.run.mode === 'live') {
    lab.run.start();
    return;
  }
  const applied = await lab.heldBase.read();
  if (applied !== null) lab.run.startHeld(applied);
  else log.warn({ lab: lab.id }, 'not started: it is in held mode, and what was last applied is not known');
}
