import { fileURLToPath } from 'node:url';
import { checkHost, HostCommandError, runHostCommand } from '@vethlab/sandbox';
import { CommandError } from '../command-error.js';
import { exitCodes } from '../exit-codes.js';

/** Ids of labs are the names of their files, perhaps with their data folder behind an `@`; the agent refuses others in words meant for programs. */
const labId = /^[a-z0-9][a-z0-9-]{0,62}(@[0-9a-f]{8})?$/;

/** @throws CommandError when this is no id of a lab */
export function checkLabId(text: string): string {
  if (labId.test(text)) return text;
  throw new CommandError({
    code: 'command.usage',
    what: `${JSON.stringify(text)} is no id of a lab`,
    where: 'command line',
    how: 'an id is the name of the lab file without .lab.yaml, as vethlab discover shows it',
    exitCode: exitCodes.invalid,
  });
}

/**
 * One piece of work on this machine, with root's rights and without a server.
 * @throws CommandError when we are not root, or it could not be done
 */
export async function onHost(words: readonly string[]): Promise<unknown> {
  const problem = await checkHost();
  if (problem !== null) {
    throw new CommandError({
      code: 'host.needs-root',
      what: problem.reason.replace(/^the host runtime needs root.*/, 'this needs root'),
      where: 'this machine',
      how: 'start it with sudo',
      exitCode: exitCodes.machine,
    });
  }
  try {
    return await runHostCommand(fileURLToPath(import.meta.resolve('@vethlab/agent/bundle')), words);
  } catch (error) {
    if (!(error instanceof HostCommandError)) throw error;
    throw new CommandError(
      {
        code: 'host.failed',
        what: error.message,
        where: 'this machine',
        how: 'try it again; if it stays, please report it',
        exitCode: exitCodes.internal,
      },
      { cause: error },
    );
  }
}
