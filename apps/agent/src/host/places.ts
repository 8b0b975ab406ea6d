import { join } from 'node:path';

/** Everything that Vethlab writes down about the host. On /run, which a restart of the machine empties as it does namespaces. */
export const hostFolder = '/run/vethlab';

/** Which namespaces are ours: one file per name. */
export const ownedFolder = join(hostFolder, 'owned');

/** Sockets and logs of the agents, one per lab. */
export const agentsFolder = join(hostFolder, 'agents');

/** Set in the environment of an agent and so in what it starts: the id of the lab that a process belongs to. */
export const labVariable = 'VETHLAB_HOST_LAB';

/** Only these are put into paths: the same alphabet as of lab files. */
const labId = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** @throws RangeError for what is no id of a lab */
export function checkLabId(lab: string): string {
  if (!labId.test(lab)) throw new RangeError(`${JSON.stringify(lab)} is no id of a lab`);
  return lab;
}

export function socketOf(lab: string): string {
  return join(agentsFolder, `${checkLabId(lab)}.sock`);
}

/** What the lab's shells read. */
export function shellsFolderOf(lab: string): string {
  return join(hostFolder, 'shells', checkLabId(lab));
}

/** Which process the agent is: pid and start time. */
export function pidFileOf(lab: string): string {
  return join(agentsFolder, `${checkLabId(lab)}.pid`);
}
