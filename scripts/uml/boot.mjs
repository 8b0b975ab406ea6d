import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { indexModules } from './modules.mjs';

const init = join(dirname(fileURLToPath(import.meta.url)), 'init.sh');
/** What init.sh prints when the kernel is up and the command starts, and when the command is done. */
const upLine = 'vethlab-uml: up';
const downLine = 'vethlab-uml: down';
/** Runs a program; told to end, it ends all of it: User-Mode Linux makes a process group of its own when it is up. */
const keeper = '"$@" & kernel=$!; trap "kill -KILL -$kernel 2>/dev/null; kill -KILL 0" TERM; wait $kernel';
/** Taken from the machine only as far as it is used. */
const memory = '1536M';
/** Four seconds on an idle machine. */
const bootDeadlineMs = 120_000;

/**
 * Boots User-Mode Linux, a whole kernel as an ordinary process, and runs one command in it as its root. The command sees the machine's files
 * as they are; what it writes is gone afterwards, but for what it writes into `outFolder`. As root or as an ordinary user alike.
 * @param {{
 *   command: string[], cwd: string, env?: Record<string, string>, deadlineMs: number, onLine: (line: string) => void,
 *   takeOut?: (folder: string) => void, program?: string, prepare?: (folder: string) => void,
 *   onSerialLine?: (line: import('node:stream').Duplex) => void, signal?: AbortSignal,
 * }} options `takeOut` is called with the folder of what came out, before that is removed; `onSerialLine` with the other end of the command's
 *   `/dev/ttyS0`; `signal` ends it all
 * @returns {Promise<{ status: number | null, console: string[], why: string | null }>} the command's exit code, or null and why there is none;
 *   everything that came on the console
 */
export async function runInUml(options) {
  const folder = mkdtempSync(join(tmpdir(), 'vethlab-uml-'));
  try {
    mkdirSync(join(folder, 'out'));
    copyFileSync(init, join(folder, 'init'));
    chmodSync(join(folder, 'init'), 0o755);
    writeFileSync(join(folder, 'command'), commandFile(options));
    (options.prepare ?? indexModules)(folder);
    const { lines, why } = await boot(folder, options);
    options.takeOut?.(join(folder, 'out'));
    const status = readStatus(join(folder, 'out', 'status'));
    return { status, console: lines, why: status === null ? (why ?? 'it ended before the command did') : null };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where a command in there finds what the caller calls its out folder. */
export const outFolder = '/mnt';

function commandFile({ command, cwd, env = {} }) {
  const assignments = Object.entries(env).map(([name, value]) => `export ${name}=${quote(value)}`);
  return [...assignments, `cd ${quote(cwd)}`, `exec ${command.map(quote).join(' ')}`, ''].join('\n');
}

function quote(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function boot(folder, { program = 'linux.uml', deadlineMs, onLine, onSerialLine, signal }) {
  const words = [
    `mem=${memory}`,
    'rootfstype=hostfs',
    'rootflags=/',
    'ro',
    `init=${join(folder, 'init')}`,
    `VETHLAB_UML_FOLDER=${folder}`,
    `uml_dir=${folder}`,
    'con=null',
    'con0=fd:0,fd:1',
    ...(onSerialLine === undefined ? [] : ['ssl0=fd:3,fd:4']),
  ];
  // With its memory in a file here, and not in /dev/shm, which is small or must not be executed in many containers.
  const env = { ...process.env, TMPDIR: folder };
  // A kernel is several processes, which end together, also when we end in whatever way.
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', '--', 'sh', '-c', keeper, 'sh', program, ...words], {
    stdio: ['ignore', 'pipe', 'pipe', ...(onSerialLine === undefined ? [] : ['pipe', 'pipe'])],
    env,
    detached: true,
  });
  return new Promise((resolve) => {
    const lines = [];
    let why = null;
    let phase = 'booting';
    const end = (reason) => {
      why = reason;
      child.kill('SIGTERM');
    };
    const bootTimer = setTimeout(() => end(`it was not up after ${bootDeadlineMs / 1000} s`), bootDeadlineMs);
    signal?.addEventListener('abort', () => end('it was told to end'));
    onSerialLine?.(Duplex.from({ writable: child.stdio[3], readable: child.stdio[4] }));
    const timer = setTimeout(() => end(`it was not done after ${deadlineMs / 1000} s`), deadlineMs);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (raw) => {
        const line = raw.replace(/\r$/, '');
        lines.push(line);
        if (line === upLine) {
          phase = 'up';
          clearTimeout(bootTimer);
        } else if (line === downLine) {
          phase = 'down';
          // All is written; there is nothing to wait for.
          end(null);
        } else if (phase === 'up') onLine(line);
      });
    }
    const done = (reason) => {
      clearTimeout(bootTimer);
      clearTimeout(timer);
      resolve({ lines, why: why ?? reason });
    };
    child.once('error', (error) => done(`it could not be started: ${error.message}`));
    child.once('close', (code, signal) =>
      done(phase !== 'booting' ? null : `it did not come up (${signal ?? `exit code ${code}`})`),
    );
  });
}

function readStatus(file) {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10);
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}
