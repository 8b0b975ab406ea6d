import { join } from 'node:path';

/** Of the host runtime, root's alone; the agent's own code knows the same places. */
export const hostFolder = '/run/vethlab';
const agentsFolder = join(hostFolder, 'agents');

/** Where a lab's agent listens. @throws RangeError for what is no id of a lab */
export function socketOf(lab: string): string {
  return join(agentsFolder, `${checkLabId(lab)}.sock`);
}

/** What a lab's agent printed. */
export function logOf(lab: string): string {
  return join(agentsFolder, `${checkLabId(lab)}.log`);
}

/** Ids become parts of paths; behind an `@`, the data folder that the lab's file is in. */
function checkLabId(lab: string): string {
  if (!/^[a-z0-9][a-z0-9-]{0,62}(@[0-9a-f]{8})?$/.test(lab))
    throw new RangeError(`${JSON.stringify(lab)} is no id of a lab`);
  return lab;
}
