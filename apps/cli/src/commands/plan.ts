import { commandsOf, planLab, renderPlan } from '@vethlab/planner';
import { exitCodes } from '../exit-codes.js';
import { readValidLab } from '../lab/read-lab.js';

/** `vethlab plan FILE`: the steps against an empty sandbox, and the commands that mean the same. @returns the exit code */
export async function plan(file: string, options: { readonly json: boolean }): Promise<number> {
  const topology = await readValidLab(file);
  const emptySandbox = { namespaces: {} };
  const made = planLab({ topology, previous: null, observed: emptySandbox, unmanaged: 'keep' });
  if (options.json) {
    const steps = made.steps.map((step) => ({ ...step, commands: commandsOf(step.operation) }));
    process.stdout.write(`${JSON.stringify({ vethlab: 1, lab: topology.name, steps })}\n`);
  } else {
    process.stdout.write(renderPlan(made));
  }
  return exitCodes.ok;
}
