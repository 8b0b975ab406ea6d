import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../../../', import.meta.url));
const binary = fileURLToPath(new URL('../../bin/vethlab.js', import.meta.url));

/** More than any command here takes on a busy machine. */
const patienceMs = 200_000;

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

const asNobody = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups', '--'];

/** Whether others can read this clone and this node: not so under a root-only home. */
export const openToOthers =
  process.getuid?.() !== 0 ||
  spawnSync('setpriv', [
    ...asNobody.slice(1),
    'sh',
    '-c',
    'test -r "$1" && test -x "$2"',
    'sh',
    binary,
    process.execPath,
  ]).status === 0;

let open: { readonly folder: string; readonly repository: string; readonly node: string } | null = null;

/** For a clone that only root can enter: a place where nobody can be let into it. */
function openPlace() {
  if (open !== null) return open;
  const folder = mkdtempSync(join(tmpdir(), 'vethlab-open-'));
  open = { folder, repository: join(folder, 'clone'), node: join(folder, 'node') };
  chmodSync(folder, 0o755);
  mkdirSync(open.repository);
  copyFileSync(process.execPath, open.node);
  chmodSync(open.node, 0o755);
  return open;
}

/** For `afterAll`. */
export function closePlace(): void {
  if (open !== null) rmSync(open.folder, { recursive: true, force: true });
  open = null;
}

function commandLine(args: readonly string[], { ordinaryUser, within = [] }: Circumstances): [string, ...string[]] {
  const [first = '', ...rest] =
    ordinaryUser === true && process.getuid?.() === 0
      ? nobodyRuns(within, args)
      : [...within, process.execPath, binary, ...args];
  return [first, ...rest];
}

function nobodyRuns(within: readonly string[], args: readonly string[]): readonly string[] {
  if (openToOthers) return [...asNobody, ...within, process.execPath, binary, ...args];
  const { repository: copy, node } = openPlace();
  // The clone is shown at an open place, in a mount namespace that ends with the command.
  const show = ['unshare', '--mount', 'sh', '-c', 'mount --bind "$1" "$2"; cd "$2"; shift 2; exec "$@"', 'sh'];
  return [...show, repository, copy, ...asNobody, ...within, node, 'apps/cli/bin/vethlab.js', ...args];
}

/** What `pwd` prints in a lab that is run this way. */
export function folderOfLab({ ordinaryUser }: Circumstances): string {
  if (openToOthers) return process.cwd();
  return ordinaryUser === true ? openPlace().repository : '/';
}

function place({ env }: Circumstances) {
  const { PATH = '', HOME = '/' } = process.env;
  return { cwd: repository, env: { PATH, HOME, ...env } };
}
