import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type AgentProcess, checkMachine, SandboxError, startAgent } from '@vethlab/sandbox';
import { CommandError } from '../command-error.js';
import { exitCodes } from '../exit-codes.js';

/**
 * Starts an agent in a sandbox. `inherit`: commands in it get our terminal. `confined`: for what strangers wrote, which sees no home and
 * can only read the rest.
 * @throws CommandError when this machine cannot run labs
 */
export async function startSandbox(how: 'inherit' | 'confined'): Promise<AgentProcess> {
  // Asked first, because an agent with our terminal would print the refusal of its tools in their own words.
  const machine = await checkMachine();
  if (!machine.ok) throw asCommandError(new SandboxError(machine), exitCodes.machine);
  const bundle = fileURLToPath(import.meta.resolve('@vethlab/agent/bundle'));
  if (!existsSync(bundle)) {
    throw new CommandError({
      code: 'agent.not-built',
      what: 'the agent is not built',
      where: bundle,
      how: 'build it: npm run build',
      exitCode: exitCodes.internal,
    });
  }
  try {
    return await startAgent({ bundle, ...(how === 'inherit' ? { stdio: 'inherit' } : { stdio: 'ignore', hide: [] }) });
  } catch (error) {
    if (error instanceof SandboxError) throw asCommandError(error, exitCodes.machine);
    throw error;
  }
}

/** The fault of a sandbox, for a person at a terminal. */
export function asCommandError(error: SandboxError, exitCode: number): CommandError {
  const { code, reason, remedy } = error;
  return new CommandError(
    { code, what: reason.replace(/\.$/, ''), where: 'this machine', how: remedy, exitCode },
    { cause: error },
  );
}
