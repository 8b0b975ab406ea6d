import { CommandError } from '../command-error.js';
import { exitCodes } from '../exit-codes.js';
import { checkLabId, onHost } from '../host/on-host.js';

/** `vethlab adopt LAB NAMESPACE… NAMESPACE:INTERFACE…`: gives a lab what is on this machine. @returns 0 */
export async function adopt(lab: string, namespaces: readonly string[], { json }: { readonly json: boolean }) {
  const answer = (await onHost(['adopt', checkLabId(lab), ...namespaces])) as { readonly refused?: string };
  if (answer.refused !== undefined) {
    throw new CommandError({
      code: 'host.not-adopted',
      what: answer.refused.replace(/\.$/, ''),
      where: 'this machine',
      how: 'vethlab discover shows what is there and whose it is',
      exitCode: exitCodes.invalid,
    });
  }
  if (json) process.stdout.write(`${JSON.stringify({ vethlab: 1, lab, adopted: namespaces })}\n`);
  else {
    for (const name of namespaces) {
      const what = name.includes(':')
        ? `made way for the lab ${lab}`
        : `now belongs to the lab ${lab}, which removes it when it is taken down`;
      process.stdout.write(`${name} ${what}. Start or apply the lab.\n`);
    }
  }
  return exitCodes.ok;
}
