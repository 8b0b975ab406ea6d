import { toolEnvironment, withTools } from '../vrf-exec/tool-folder.js';
import { searchable, systemPath } from './searchable-path.js';

/**
 * What a command finds in its environment: nothing of the agent's own, and the same on every machine.
 * @param home the folder it starts in
 */
export function commandEnvironment(
  home: string,
  ours: NodeJS.ProcessEnv = process.env,
): Readonly<Record<string, string>> {
  return {
    PATH: withTools(searchable(ours.PATH ?? systemPath)),
    ...toolEnvironment,
    HOME: home,
    USER: 'root',
    LOGNAME: 'root',
    LANG: ours.LC_ALL ?? ours.LC_CTYPE ?? ours.LANG ?? 'C.UTF-8',
    TERM: 'dumb',
    // Or the log of a Python program would come in pieces of 8 KB (python(1), -u).
    PYTHONUNBUFFERED: '1',
    ...(ours.TZ === undefined ? {} : { TZ: ours.TZ }),
    // On a host: by this mark a process in a namespace is known as the lab's, and not somebody else's.
    ...(ours.VETHLAB_HOST_LAB === undefined ? {} : { VETHLAB_HOST_LAB: ours.VETHLAB_HOST_LAB }),
  };
}
