import { accessSync, constants } from 'node:fs';

const systemPath = '/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * What a command finds in its environment: nothing of the agent's own, and the same on every machine.
 * @param home the folder it starts in
 */
export function commandEnvironment(
  home: string,
  ours: NodeJS.ProcessEnv = process.env,
): Readonly<Record<string, string>> {
  return {
    PATH: searchable(ours.PATH ?? systemPath),
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

/**
 * The folders of a PATH that may be searched here. With one that may not, a missing program would be told as EACCES and not as
 * ENOENT (execvp(3)): a server that root started has folders of root's in its PATH, and its sandboxes run as somebody else.
 */
function searchable(path: string): string {
  const folders = path.split(':').filter((folder) => folder.startsWith('/') && maySearch(folder));
  return folders.length === 0 ? systemPath : folders.join(':');
}

function maySearch(folder: string): boolean {
  try {
    accessSync(folder, constants.X_OK);
    return true;
  } catch {
    // Not there, or not for us: nothing would be found in it.
    return false;
  }
}
