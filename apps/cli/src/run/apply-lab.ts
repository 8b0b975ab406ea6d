import { missingDiagnostics } from '@vethlab/planner';
import type { ApplyReport } from '@vethlab/protocol';
import { type AgentProcess, SandboxError } from '@vethlab/sandbox';
import type { Topology } from '@vethlab/topology';
import { CommandError } from '../command-error.js';
import { exitCodes } from '../exit-codes.js';
import { diagnosticLine } from '../output/print-error.js';
import { printable } from '../output/printable.js';

/** Gives the lab to the agent and waits until it is in the kernel. What this machine cannot do is told on stderr, and left out. @throws SandboxError when the agent ends before that */
export function applyLab(agent: AgentProcess, topology: Topology, file: string): Promise<ApplyReport> {
  return new Promise((resolve, reject) => {
    agent.onMessage((message) => {
      if (message.type === 'applied') resolve(message.report);
      if (message.type === 'features') {
        for (const lack of missingDiagnostics(topology, message.features))
          process.stderr.write(`${diagnosticLine(file, lack)}\n`);
      }
      // What the agent says at ease is not for somebody who waits for the output of a command.
      if (message.type === 'log' && message.level !== 'info') {
        process.stderr.write(`${message.level}: ${printable(message.message)}\n`);
        if (message.level === 'error' && message.message.startsWith('open: ')) {
          reject(failed('agent.open-failed', printable(message.message)));
        }
      }
    });
    agent.onExit(({ reason }) => reject(failed('sandbox.agent-failed', reason)));
    agent.send({ type: 'open', topology, revision: 1 });
  });
}

function failed(code: string, reason: string): SandboxError {
  return new SandboxError({ code, reason, remedy: 'Try again; if it stays, this is a fault in Vethlab.' });
}

/** Why the lab in the kernel is not the lab of the file; null when it is. */
export function failureOf(report: ApplyReport, file: string): CommandError | null {
  const [first] = report.failures;
  if (first !== undefined) {
    const more = report.failures.length === 1 ? '' : ` (and ${report.failures.length - 1} more)`;
    return new CommandError({
      code: 'apply.failed',
      what: `the kernel refused ${first.step.object}: ${first.message}${more}`,
      where: file,
      how: first.commands.length === 0 ? 'see the reason' : `the same by hand: ${first.commands.join('; ')}`,
      exitCode: exitCodes.applyFailed,
    });
  }
  const [difference] = report.differences;
  if (difference === undefined) return null;
  const more = report.differences.length === 1 ? '' : ` (and ${report.differences.length - 1} more)`;
  return new CommandError({
    code: 'apply.differs',
    what: `after the apply the kernel differs from the lab: ${difference}${more}`,
    where: file,
    how: difference.includes('EMFILE')
      ? 'a process may open too few files for this lab (four for each node): raise the limit, ulimit -n says it'
      : 'this kernel may lack something the lab needs; --report FILE lists every difference',
    exitCode: exitCodes.applyFailed,
  });
}
