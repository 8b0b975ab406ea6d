import type { Blocker, DownReport } from '@vethlab/protocol';
import type { AgentProcess } from '../process/agent-process.js';
import { SandboxError } from '../sandbox-error.js';
import { runHostCommand } from './host-command.js';

/** A lab of a thousand namespaces is taken down in a second; an apply that is under way comes first. */
const patienceMs = 60_000;

/**
 * Takes a lab down on the host, with the help of its agent while that is alive.
 * @throws SandboxError `host.not-ours`: something in its namespaces is not the lab's, and nothing was done
 */
export async function endOnHost(agent: AgentProcess | null, bundle: string, lab: string): Promise<void> {
  if (agent?.alive === true) {
    const gone = new Promise<void>((resolve) => agent.onExit(() => resolve()));
    const { report } = await agent.request({ type: 'take-down', force: false }, { timeoutMs: patienceMs });
    refuse(report);
    await gone;
    return;
  }
  const { reports } = (await runHostCommand(bundle, ['down', lab])) as { readonly reports: readonly DownReport[] };
  for (const report of reports) refuse(report);
}

function refuse({ lab, blockers }: DownReport): void {
  const [first] = blockers;
  if (first === undefined) return;
  const more = blockers.length === 1 ? '' : ` (and ${blockers.length - 1} more)`;
  throw new SandboxError({
    code: 'host.not-ours',
    reason: `The lab was left as it is: ${describeBlocker(first)}, which this lab did not start or make${more}.`,
    remedy: `End it, or take the lab down with it: vethlab down ${lab} --force.`,
  });
}

function describeBlocker(blocker: Blocker): string {
  return blocker.kind === 'process'
    ? `the process ${blocker.pid} (${blocker.command}) runs in ${blocker.namespace}`
    : `the interface ${blocker.ifname} in ${blocker.namespace} leads out of the lab`;
}
