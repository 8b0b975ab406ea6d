import { join } from 'node:path';
import { checkLabKey } from './lab-key.js';

/** Everything that Vethlab writes down about the host. On /run, which a restart of the machine empties as it does namespaces. */
export const hostFolder = '/run/vethlab';

/** Which namespaces are ours: one file per name. */
export const ownedFolder = join(hostFolder, 'owned');

/** Sockets and logs of the agents, one per lab. */
export const agentsFolder = join(hostFolder, 'agents');

/** What ways out have on the machine itself: one file each. */
export const waysOutFolder = join(hostFolder, 'ways-out');

/** Who changes what they share. */
export const waysOutLock = join(hostFolder, 'ways-out.lock');

/** Switches of the machine that were turned for them. */
export const forwardingFolder = join(hostFolder, 'forwarding');

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
