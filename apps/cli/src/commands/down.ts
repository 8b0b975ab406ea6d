import type { Blocker, DownReport } from '@vethlab/protocol';
import { CommandError } from '../command-error.js';
import { exitCodes } from '../exit-codes.js';
import { checkLabId, onHost } from '../host/on-host.js';
import { printable } from '../output/printable.js';

export interface DownOptions {
  readonly all: boolean;
  readonly force: boolean;
  readonly json: boolean;
}

/**
 * `vethlab down LAB… | --all`: removes from this machine exactly what is these labs', with or without a server, also after a crash.
 * @returns 0 when nothing of them is left, 3 when something in them is not theirs and it was not forced
 */
export async function down(labs: readonly string[], { all, force, json }: DownOptions): Promise<number> {
  if (all === labs.length > 0) {
    throw new CommandError({
      code: 'command.usage',
      what: all ? 'labs are named although --all takes all' : 'no lab is named',
      where: 'command line',
      how: 'name the labs, or give --all; vethlab discover shows what is on this machine',
      exitCode: exitCodes.invalid,
    });
  }
  const words = all ? ['--all'] : labs.map(checkLabId);
  const answer = (await onHost(['down', ...words, ...(force ? ['--force'] : [])])) as {
    readonly reports: readonly DownReport[];
    readonly refused?: string;
  };
  if (answer.refused !== undefined) {
    throw new CommandError({
      code: 'command.usage',
      what: answer.refused.replace(/\.$/, ''),
      where: 'command line',
      how: 'vethlab discover shows what is on this machine and whose it is',
      exitCode: exitCodes.invalid,
    });
  }
  const { reports } = answer;
  const stayed = force ? [] : reports.filter(({ blockers }) => blockers.length > 0);
  if (json) process.stdout.write(`${JSON.stringify({ vethlab: 1, reports })}\n`);
  else {
    if (reports.length === 0) process.stdout.write('No lab is on this machine.\n');
    for (const report of reports) tell(report, stayed.includes(report));
  }
  return stayed.length === 0 ? exitCodes.ok : exitCodes.applyFailed;
}

function tell({ lab, namespaces, processes, blockers }: DownReport, stayed: boolean): void {
  if (stayed) {
    for (const blocker of blockers) {
      process.stderr.write(`error: ${printable(textOf(blocker))} · ${lab} · end it, or add --force to remove it too\n`);
    }
    return;
  }
  const ended = processes === 0 ? '' : `, ${counted(processes, 'process', 'processes')} ended`;
  const removed = counted(namespaces.length, 'namespace', 'namespaces');
  process.stdout.write(namespaces.length === 0 ? `${lab}: nothing was left\n` : `${lab}: ${removed} removed${ended}\n`);
}

function textOf(blocker: Blocker): string {
  return blocker.kind === 'process'
    ? `the process ${blocker.pid} (${blocker.command}) in ${blocker.namespace} was not started by the lab`
    : `${blocker.ifname} in ${blocker.namespace} was not made by the lab and leads out of it`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
