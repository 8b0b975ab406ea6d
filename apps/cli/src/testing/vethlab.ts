import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../../../', import.meta.url));
const binary = fileURLToPath(new URL('../../bin/vethlab.js', import.meta.url));

/** More than any command here takes on a busy machine. */
const patienceMs = 60_000;

/** Builds the command line, so that the real binary is never older than its sources. */
export function buildVethlab(): void {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'apps/cli'], { cwd: repository });
}

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Circumstances {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Run as nobody (uid 65534), when we are root. */
  readonly ordinaryUser?: boolean;
  /** Put in front of the command line: another program that starts it. */
  readonly within?: readonly string[];
}

/** Runs the real binary to its end. */
export function vethlab(args: readonly string[], circumstances: Circumstances = {}): Outcome {
  const [command, ...rest] = commandLine(args, circumstances);
  const { status, stdout, stderr } = spawnSync(command, rest, {
    ...place(circumstances),
    input: circumstances.input ?? '',
    encoding: 'utf8',
    timeout: patienceMs,
    killSignal: 'SIGKILL',
  });
  return { status, stdout, stderr };
}

/** Starts the real binary in a process group of its own. */
export function startVethlab(args: readonly string[], circumstances: Circumstances = {}): ChildProcess {
  const [command, ...rest] = commandLine(args, circumstances);
  return spawn(command, rest, { ...place(circumstances), stdio: ['ignore', 'pipe', 'pipe'], detached: true });
}

function commandLine(args: readonly string[], { ordinaryUser, within = [] }: Circumstances): [string, ...string[]] {
  const drop =
    ordinaryUser === true && process.getuid?.() === 0
      ? ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups', '--']
      : [];
  const [first = process.execPath, ...rest] = [...drop, ...within, process.execPath, binary, ...args];
  return [first, ...rest];
}

function place({ env }: Circumstances) {
  const { PATH = '', HOME = '/' } = process.env;
  return { cwd: repository, env: { PATH, HOME, ...env } };
}
