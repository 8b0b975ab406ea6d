import { readFileSync, rmSync } from 'node:fs';
import { pidFileOf, socketOf } from './places.js';
import { signal, startTimeOf } from './processes.js';

/** A word to its server takes milliseconds; an agent in the middle of a large apply may need longer. */
const patienceMs = 3_000;
const pollMs = 10;

/** Ends the agent of a lab, if there is one. It tells its server that this was on purpose, so that none is started again. */
export async function endAgent(lab: string): Promise<void> {
  const pid = runningAgent(lab);
  if (pid !== null) {
    signal(pid, 'SIGTERM');
    const deadline = performance.now() + patienceMs;
    while (runningAgent(lab) !== null && performance.now() < deadline)
      await new Promise((tick) => setTimeout(tick, pollMs));
    if (runningAgent(lab) !== null) signal(pid, 'SIGKILL');
    while (startTimeOf(pid) !== '' && performance.now() < deadline + patienceMs)
      await new Promise((tick) => setTimeout(tick, pollMs));
  }
  rmSync(socketOf(lab), { force: true });
  rmSync(pidFileOf(lab), { force: true });
}

/** The pid of a lab's agent; null when there is none, whatever the file says: pids are used again. */
export function runningAgent(lab: string): number | null {
  let text = '';
  try {
    text = readFileSync(pidFileOf(lab), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const [pidText = '', start = ''] = text.trim().split(' ');
  const pid = Number(pidText);
  return Number.isInteger(pid) && pid > 0 && start !== '' && startTimeOf(pid) === start ? pid : null;
}
