import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { StringDecoder } from 'node:string_decoder';
import type { ScriptEnd, ScriptReport } from '@vethlab/protocol';
import { giveWay } from '../memory/give-way.js';
import { endEverything, isConfined, isSandbox, prepareForScript } from './script-sandbox.js';
import { TraceReader } from './trace-reader.js';

/** On the sandbox's own /run. */
const folder = '/run/vethlab-import';
const scriptFile = `${folder}/script.sh`;

/** Of what a script prints. */
const outputMaxLength = 256 * 1024;

/** Processes and threads of a script and the agent together: a fork bomb is small, and a script of `ip` lines needs three. */
const processesMax = 200;

/** The machine's other labs come first (nice(2)). */
const niceness = 15;

/** As oom_score_adj of proc(5): the most there is. */
const beforeAllOthers = '1000';

/** After the shell has ended, what is in the pipes is there; a daemon that it left behind may hold them open for ever. */
const drainMs = 200;

export interface ScriptOrder {
  readonly script: string;
  readonly timeLimitMs: number;
}

/**
 * Runs a shell script in this sandbox, with bash, as a person would: a line that fails does not stop the next one. Every process
 * that it leaves behind is ended. Throws when this is no sandbox of its own, or bash is missing.
 */
export async function runScript(order: ScriptOrder): Promise<Omit<ScriptReport, 'topology' | 'leftOut'>> {
  if (!isSandbox() || !isConfined()) throw new Error('A script runs in a sandbox of its own only.');
  prepareForScript();
  const token = randomBytes(16).toString('hex');
  mkdirSync(folder, { recursive: true });
  writeFileSync(scriptFile, order.script);
  writeFileSync(`${folder}/trace.sh`, traceOf(token));
  const trace = new TraceReader(token);
  let output = '';
  let outputCut = false;
  const print = (text: string) => {
    output += text.slice(0, outputMaxLength - output.length);
    outputCut ||= output.length >= outputMaxLength;
  };
  const end = await run(order.timeLimitMs, print, (text) => print(trace.add(text)));
  await endEverything();
  trace.end(scriptFile, end.kind === 'exited' ? end.exitCode : 0);
  const { failures, moreFailures } = trace;
  return { end, failures, moreFailures, output, outputCut };
}

/**
 * Sourced by bash before the script (BASH_ENV). File descriptor 9 is the pipe of errors under another number, so that what the
 * script does with its own does not matter, and the order of trace and messages is kept.
 */
function traceOf(token: string): string {
  return `unset BASH_ENV
ulimit -u ${processesMax} 2>/dev/null
exec 9>&2
set -o functrace -o errtrace
trap '__vethlab_c=\${BASH_COMMAND:0:200}; printf "\\036${token} L %s %s\\n" "$LINENO" "\${__vethlab_c@Q}" >&9 2>/dev/null' DEBUG
trap 'printf "\\036${token} E %s\\n" "$?" >&9 2>/dev/null' ERR
`;
}

function run(
  timeLimitMs: number,
  onOutput: (text: string) => void,
  onErrors: (text: string) => void,
): Promise<ScriptEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', [scriptFile], {
      cwd: '/tmp',
      // A session of its own, so that the kernel's scheduler counts all of it as one.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: '/tmp', LANG: 'C.UTF-8', TERM: 'dumb', BASH_ENV: `${folder}/trace.sh` },
    });
    const readers = [
      [child.stdout, onOutput],
      [child.stderr, onErrors],
    ] as const;
    for (const [stream, take] of readers) {
      const decoder = new StringDecoder('utf8');
      stream.on('data', (chunk: Buffer) => take(decoder.write(chunk)));
    }
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      void endEverything();
    }, timeLimitMs);
    const done = (end: ScriptEnd) => {
      clearTimeout(timer);
      for (const [stream] of readers) stream.destroy();
      resolve(isLate ? { kind: 'timed-out', limitMs: timeLimitMs } : end);
    };
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`bash cannot be started: ${error.message}`, { cause: error }));
    });
    child.on('spawn', () => makeHumble(child.pid));
    child.on('exit', (code, signal) => {
      const end: ScriptEnd = signal === null ? { kind: 'exited', exitCode: code ?? 0 } : { kind: 'signal', signal };
      const drained = setTimeout(() => done(end), drainMs);
      child.on('close', () => {
        clearTimeout(drained);
        done(end);
      });
    });
  });
}

/** When the machine is short of time or memory, the script gives way first. */
function makeHumble(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, niceness);
  } catch (error) {
    // A script of nothing has ended already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
  giveWay(pid, null, beforeAllOthers);
}
