import { accessSync, constants } from 'node:fs';

export const systemPath = '/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * The folders of a PATH that may be searched here. With one that may not, a missing program would be told as EACCES and not as
 * ENOENT (execvp(3)): a server that root started has folders of root's in its PATH, and its sandboxes run as somebody else.
 */
export function searchable(path: string): string {
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
