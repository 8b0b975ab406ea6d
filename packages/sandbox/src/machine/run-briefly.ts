import { spawn } from 'node:child_process';
import { searchPath } from './tools.js';

/** A probe that takes longer than this hangs: the slowest seen, on a machine under full load, took 0.4 s. */
const probeTimeoutMs = 10_000;

export interface BriefRun {
  /** 0 when it succeeded; null when it could not be started, hung, or died of a signal. */
  readonly exitCode: number | null;
  readonly stderr: string;
}

/** Runs a short program to its end without input and keeps what it said on stderr. Never throws. */
export function runBriefly(command: string, args: readonly string[]): Promise<BriefRun> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: searchPath(), LC_ALL: 'C' },
      timeout: probeTimeoutMs,
      killSignal: 'SIGKILL',
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(0, 4096);
    });
    child.once('error', (error) => resolve({ exitCode: null, stderr: error.message }));
    child.once('close', (exitCode) => resolve({ exitCode, stderr: stderr.trim() }));
  });
}
