import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { getSystemErrorMap } from 'node:util';
import { formatArguments } from '@vethlab/topology';
import { execa } from 'execa';
import { searchable, systemPath } from '../processes/searchable-path.js';

/** Exit codes of the shell convention (POSIX, 2.8.2): not found, and ended by a signal. */
const notFound = 127;
const signalBase = 128;

export interface RunCommand {
  /** Null: the person's own shell, interactive. */
  readonly command: readonly [string, ...string[]] | null;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a command in the lab's root namespace with this process's own terminal. Resolves to its exit code; never rejects. */
export async function runCommand({ command, cwd, env }: RunCommand): Promise<number> {
  const [file, ...args] = command ?? [env.SHELL ?? 'bash'];
  const result = await execa(file, args, {
    cwd,
    env: { ...env, PATH: process.env.PATH },
    extendEnv: false,
    stdio: 'inherit',
    reject: false,
    shell: false,
  });
  if (result.exitCode !== undefined) return result.exitCode;
  if (result.signal !== undefined) return signalBase + (constants.signals[result.signal] ?? 0);
  process.stderr.write(
    `error: cannot run ${file} · ${result.shortMessage ?? 'it was not found'} · check its name and PATH\n`,
  );
  return notFound;
}

export interface CaptureCommand {
  readonly command: readonly [string, ...string[]];
  readonly timeoutMs: number;
  /** Of what it prints; a command that prints more is ended. */
  readonly maxBytes: number;
}

/** What became of a captured command. `missing`: it, or what it should start, is not installed. */
export type Captured =
  | { readonly outcome: 'done'; readonly stdout: string }
  | { readonly outcome: 'missing' | 'timed-out' | 'too-long' }
  | { readonly outcome: 'failed'; readonly stderr: string };

/** Runs a command without input and takes what it prints. Bounded in time and size; never rejects. */
export async function captureCommand({ command, timeoutMs, maxBytes }: CaptureCommand): Promise<Captured> {
  const [file, ...args] = command;
  const result = await execa(file, args, {
    env: { PATH: searchable(process.env.PATH ?? systemPath), LC_ALL: 'C' },
    extendEnv: false,
    stdin: 'ignore',
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: maxBytes,
    reject: false,
    shell: false,
    stripFinalNewline: false,
  });
  if (result.isMaxBuffer) return { outcome: 'too-long' };
  if (result.timedOut) return { outcome: 'timed-out' };
  if (result.exitCode === 0) return { outcome: 'done', stdout: result.stdout };
  if (result.exitCode === notFound || result.code === 'ENOENT') return { outcome: 'missing' };
  return { outcome: 'failed', stderr: result.stderr };
}

export interface StartProgram {
  readonly run: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Called once, when the program itself has ended; what it started may still be there. */
  readonly onExit: (exitCode: number | null, signal: string | null) => void;
}

/** A program that was started, in a process group of its own whose number is its pid. */
export interface StartedProgram {
  readonly pid: number;
  /** What it prints: stdout and stderr. */
  readonly outputs: readonly Readable[];
}

/**
 * Starts a program without input, as the leader of a new session: so that it can be ended with all it starts. The process is forked
 * before this returns, so it is born into the network namespace that the calling thread is in (setns(2)).
 * Gives the system's own error when there is no such program, or when it cannot be run. Never throws.
 */
export function startProgram({ run, cwd, env, onExit }: StartProgram): () => Promise<StartedProgram | string> {
  const [file = '', ...args] = run;
  const subprocess = execa(file, args, {
    cwd,
    env,
    extendEnv: false,
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    buffer: false,
    detached: true,
    reject: false,
    shell: false,
  });
  subprocess.once('exit', onExit);
  return async () => {
    const { pid } = subprocess;
    if (pid !== undefined) return { pid, outputs: [subprocess.stdout, subprocess.stderr] };
    const { code, shortMessage } = await subprocess;
    return describeSystemError(code, formatArguments([file])) ?? shortMessage ?? 'It could not be started.';
  };
}

/** `ENOENT: no such program nosuch`; null for what is no error of the system. */
function describeSystemError(code: string | undefined, program: string): string | null {
  if (code === undefined) return null;
  if (code === 'ENOENT') return `ENOENT: no such program ${program}`;
  const [, description] = [...getSystemErrorMap().values()].find(([name]) => name === code) ?? [];
  return description === undefined ? null : `${code}: ${description} (${program})`;
}
