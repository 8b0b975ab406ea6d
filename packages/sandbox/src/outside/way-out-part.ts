import type { ChildProcess } from 'node:child_process';
import type { GuardConnection } from './connection.js';

/** Kept of what a process says, to explain its end. */
const mostWords = 500;

/** pasta writes its own log to syslog as well, and complains where there is none (containers). */
const noise = /^Failed to send \d+ bytes to syslog$/;

/** One of those of which none is there without the others. */
export interface WayOutPart {
  /** Resolves with the reason once it is gone. */
  readonly ended: Promise<string>;
  readonly end: () => void;
}

export function partOf(child: ChildProcess): WayOutPart {
  return { ended: endOf(child), end: () => void child.kill('SIGKILL') };
}

export function partOfConnection(connection: GuardConnection): WayOutPart {
  return { ended: connection.ended, end: () => connection.end() };
}

/** Resolves with the reason when a process has ended. */
function endOf(child: ChildProcess): Promise<string> {
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-mostWords * 4);
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(whyEnded(code, signal, words)));
  });
}

function whyEnded(code: number | null, signal: NodeJS.Signals | null, words: string): string {
  const said = words
    .split('\n')
    .filter((line) => line.trim() !== '' && !noise.test(line))
    .join(' ')
    .slice(-mostWords);
  return `The way out ended with ${signal ?? `exit code ${code ?? 'unknown'}`}${said === '' ? '.' : `: ${said}`}`;
}
