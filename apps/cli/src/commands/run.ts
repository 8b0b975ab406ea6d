import { writeFile } from 'node:fs/promises';
import { type ApplyReport, outsideAllowed } from '@vethlab/protocol';
import { type AgentProcess, SandboxError } from '@vethlab/sandbox';
import type { Topology } from '@vethlab/topology';
import { CommandError } from '../command-error.js';
import { exitCodes } from '../exit-codes.js';
import { readValidLab } from '../lab/read-lab.js';
import { applyLab, failureOf } from '../run/apply-lab.js';
import { Interruptions } from '../run/interruptions.js';
import { allowOrTell } from '../run/lab-commands.js';
import { runReport } from '../run/run-report.js';
import { asCommandError, startSandbox } from '../run/start-sandbox.js';
import { homeFolder, workingFolder } from '../run/working-folder.js';

export interface RunOptions {
  readonly json: boolean;
  /** Path of the report to write; null for none. */
  readonly report: string | null;
  /** Start the commands that the file gives its nodes. */
  readonly allowCommands: boolean;
}

/**
 * `vethlab run FILE -- COMMAND…`: a sandbox, the lab in it, the command in the lab's root shell with our terminal; then nothing is left.
 * @param command Empty for an interactive shell.
 * @returns the command's exit code
 * @throws CommandError with the exit code of the contract
 */
export async function run(file: string, command: readonly string[], options: RunOptions): Promise<number> {
  const topology = await readValidLab(file);
  const agent = await startSandbox('inherit');
  const interruptions = new Interruptions(agent);
  try {
    // A command in it could speak for the agent.
    agent.allowsOutside = (order) => outsideAllowed(topology, order);
    allowOrTell(agent, topology, options.allowCommands);
    const report = await interruptions.orInterrupted(applyLab(agent, topology, file));
    if (typeof report === 'number') return report;
    const failure = failureOf(report, file);
    if (failure !== null) {
      await tell(topology, report, null, options);
      throw failure;
    }
    const exitCode = await interruptions.orInterrupted(execute(agent, command, interruptions));
    await tell(topology, report, exitCode, options);
    return exitCode;
  } catch (error) {
    if (error instanceof SandboxError) throw asCommandError(error, exitCodes.applyFailed);
    throw error;
  } finally {
    interruptions.stop();
    await agent.kill();
  }
}

async function execute(agent: AgentProcess, command: readonly string[], interruptions: Interruptions): Promise<number> {
  const [first, ...rest] = command;
  interruptions.commandHasTerminal = true;
  const answer = await agent.request(
    {
      type: 'exec',
      command: first === undefined ? null : [first, ...rest],
      cwd: await workingFolder(),
      env: { ...environmentForCommand(), HOME: await homeFolder() },
    },
    // A command may take as long as it likes.
    { timeoutMs: null },
  );
  return answer.exitCode;
}

/** The person's own environment: the command is theirs. */
function environmentForCommand(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

async function tell(
  topology: Topology,
  report: ApplyReport,
  exitCode: number | null,
  options: RunOptions,
): Promise<void> {
  const text = JSON.stringify(runReport(topology.name, report, exitCode));
  // stdout is the command's.
  if (options.json) process.stderr.write(`${text}\n`);
  if (options.report === null) return;
  try {
    await writeFile(options.report, `${text}\n`);
  } catch (error) {
    throw new CommandError(
      {
        code: 'report.unwritable',
        what: `the report cannot be written: ${error instanceof Error ? error.message : String(error)}`,
        where: options.report,
        how: 'give --report a path that can be written',
        exitCode: exitCodes.invalid,
      },
      { cause: error },
    );
  }
}
