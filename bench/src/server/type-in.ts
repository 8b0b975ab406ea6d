import { spawnSync } from 'node:child_process';

/**
 * Runs a line in the root namespace of a lab.
 *
 * @param init the lab's first process
 * @returns milliseconds since the epoch when it was done
 */
export function typeIn(init: number, line: string): number {
  const user = process.getuid?.() === 0 ? ['--user'] : ['--user', '--preserve-credentials'];
  const shell = [`--target=${init}`, ...user, '--net', '--mount', '--pid', 'sh', '-c', `${line} && date +%s%N`];
  const typed = spawnSync('nsenter', shell, { encoding: 'utf8' });
  if (typed.status !== 0) throw new Error(`The lab could not be entered: ${typed.stderr}`);
  return Number(typed.stdout.trim()) / 1e6;
}
