import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type ScriptReport, scriptMaxLength } from '@vethlab/protocol';
import { SandboxError } from '@vethlab/sandbox';
import { parseText, serializeLabFile } from '@vethlab/topology';
import { CommandError } from '../command-error.js';
import { exitCodes } from '../exit-codes.js';
import { painterFor } from '../output/colours.js';
import { printable } from '../output/printable.js';
import { asCommandError, startSandbox } from '../run/start-sandbox.js';

/** As in the web app: scripts of people take seconds. */
const timeLimitMs = 30_000;

/** For ending all that the script started, and looking at what came of it. */
const answerMaxMs = 15_000;

export interface ImportOptions {
  readonly json: boolean;
  /** Where to write the lab file; null prints it. */
  readonly output: string | null;
  /** Name of the lab; null takes that of the script. */
  readonly name: string | null;
}

/**
 * `vethlab import SCRIPT.sh`: runs the script in an empty sandbox, and makes a lab file of what came to be.
 * @returns 0 when every line worked, 1 when some failed: the lab is what came of the others
 */
export async function importScript(file: string, options: ImportOptions): Promise<number> {
  const script = await readScript(file);
  const name = labName(options.name ?? basename(file).replace(/\.sh$/, ''));
  const report = await run(name, script, file);
  const lab = serializeLabFile(report.topology);
  if (options.output !== null) await write(options.output, lab);
  if (options.json) process.stdout.write(`${JSON.stringify({ vethlab: 1, ...report, file: lab })}\n`);
  else {
    tell(file, report);
    if (options.output === null) process.stdout.write(lab);
  }
  const isWhole = report.failures.length === 0 && report.end.kind === 'exited' && report.end.exitCode === 0;
  return isWhole ? exitCodes.ok : exitCodes.invalid;
}

async function run(name: string, script: string, file: string): Promise<ScriptReport> {
  const agent = await startSandbox('confined');
  try {
    const timeoutMs = timeLimitMs + answerMaxMs;
    return (await agent.request({ type: 'run-script', name, script, timeLimitMs }, { timeoutMs })).report;
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    const fault = {
      code: 'script.sandbox-lost',
      what: 'the script ended the sandbox that it ran in',
      where: file,
      how: 'take out of it what ends processes that are not its own, or fills everything',
      exitCode: exitCodes.invalid,
    };
    throw error.code === 'sandbox.agent-failed' || error.code === 'sandbox.agent-timeout'
      ? new CommandError(fault, { cause: error })
      : asCommandError(error, exitCodes.machine);
  } finally {
    await agent.kill();
  }
}

function tell(file: string, report: ScriptReport): void {
  const paint = painterFor(process.stderr);
  const say = (label: string, where: string, what: string) =>
    process.stderr.write(`${label} ${[where, what].map(printable).filter(Boolean).join(' · ')}\n`);
  for (const { line, command, message, exitCode } of report.failures) {
    const what = message === '' ? `${command} ended with ${exitCode}` : message.replaceAll('\n', ' · ');
    say(paint('red', 'error:'), line === null ? file : `${file}:${line}`, what);
  }
  if (report.moreFailures > 0) say(paint('red', 'error:'), file, `${report.moreFailures} more lines failed`);
  for (const { where, what, why } of report.leftOut) say(paint('yellow', 'left out:'), where, `${what}. ${why}`);
  if (report.end.kind === 'timed-out') {
    say(
      paint('red', 'error:'),
      file,
      `the script was ended after ${report.end.limitMs / 1000} s; the lab is what came to be`,
    );
  } else if (report.end.kind === 'signal')
    say(paint('red', 'error:'), file, `the script was ended by ${report.end.signal}`);
}

async function readScript(file: string): Promise<string> {
  const script = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fault(
      'file.unreadable',
      'the script cannot be read',
      file,
      String(error instanceof Error ? error.message : error),
    );
  });
  if (script.length <= scriptMaxLength) return script;
  throw fault('file.size', `the script has more than ${scriptMaxLength} characters`, file, 'import it in parts');
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((error: unknown) => {
    throw fault(
      'file.unwritable',
      'the lab file cannot be written',
      file,
      String(error instanceof Error ? error.message : error),
    );
  });
}

function labName(text: string): string {
  const parsed = parseText(text);
  if (parsed.ok) return parsed.value;
  throw fault('lab.name', `the lab cannot be called so: ${parsed.problem.detail}`, text, 'give --name NAME');
}

function fault(code: string, what: string, where: string, how: string): CommandError {
  return new CommandError({ code, what, where, how, exitCode: exitCodes.invalid });
}
