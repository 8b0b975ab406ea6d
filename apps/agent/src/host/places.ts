import { join } from 'node:path';
import { checkLabKey } from './lab-key.js';

/** Everything that Vethlab writes down about the host. On /run, which a restart of the machine empties as it does namespaces. */
export const hostFolder = '/run/vethlab';

/** Which namespaces are ours: one file per name. */
export const ownedFolder = join(hostFolder, 'owned');

/** Sockets and logs of the agents, one per lab. */
export const agentsFolder = join(hostFolder, 'agents');

/** Set in the environment of an agent and so in what it starts: the lab that a process belongs to. */
export const labVariable = 'VETHLAB_HOST_LAB';

export function socketOf(lab: string): string {
  return join(agentsFolder, `${checkLabKey(lab)}.sock`);
}

/** What the lab's shells read. */
export function shellsFolderOf(lab: string): string {
  return join(hostFolder, 'shells', checkLabKey(lab));
}

/** Which process the agent is: pid and start time. */
export function pidFileOf(lab: string): string {
  return join(agentsFolder, `${checkLabKey(lab)}.pid`);
}
