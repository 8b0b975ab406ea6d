import { join } from 'node:path';

/** Where iproute2 keeps the names of namespaces; see ip-netns(8). */
export const DEFAULT_DIRECTORY = '/run/netns';

/** The longest file name of Linux, in bytes (NAME_MAX). */
const LONGEST_NAME_BYTES = 255;

/**
 * The path of a namespace's name. Refuses whatever would lead out of the folder.
 * @throws RangeError for an empty or too long name, `.`, `..`, and names with `/` or NUL.
 */
export function namespacePath(name: string, directory: string): string {
  const bytes = Buffer.byteLength(name);
  if (bytes === 0 || bytes > LONGEST_NAME_BYTES) throw new RangeError('a namespace name has 1 to 255 bytes');
  if (name === '.' || name === '..' || name.includes('/') || name.includes('\0')) {
    throw new RangeError(`${JSON.stringify(name)} cannot be the name of a namespace: it is not a plain file name`);
  }
  return join(directory, name);
}
