import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Debian keeps `ip`, `nft` and `sysctl` here, and leaves these folders out of an ordinary user's PATH. */
const systemFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/bin', '/bin'];

/** The programs a lab cannot do without, and the Debian package of each. */
const requiredTools = {
  unshare: 'util-linux',
  setpriv: 'util-linux',
  prlimit: 'util-linux',
  nsenter: 'util-linux',
  mount: 'mount',
  ip: 'iproute2',
  sh: 'dash',
} as const satisfies Record<string, string>;

export type ToolName = keyof typeof requiredTools;
export type ToolPaths = Readonly<Record<ToolName, string>>;

export interface MissingTool {
  readonly name: ToolName;
  readonly debianPackage: string;
}

/** PATH with the system folders at its end, where they were not in it already. */
export function searchPath(path: string | undefined = process.env.PATH): string {
  const folders = (path ?? '').split(delimiter).filter((folder) => folder.startsWith('/'));
  return [...new Set([...folders, ...systemFolders])].join(delimiter);
}

/** Finds every program a lab needs; what cannot be found is listed in `missing`. */
export async function findTools(path = searchPath()): Promise<{ paths: ToolPaths; missing: readonly MissingTool[] }> {
  const names = Object.keys(requiredTools) as ToolName[];
  const found = await Promise.all(names.map(async (name) => [name, await findProgram(name, path)] as const));
  const missing = found
    .filter(([, place]) => place === null)
    .map(([name]) => ({ name, debianPackage: requiredTools[name] }));
  // A missing tool keeps its bare name: whoever uses it anyway gets the ENOENT that names it.
  const paths = Object.fromEntries(found.map(([name, place]) => [name, place ?? name])) as Record<ToolName, string>;
  return { paths, missing };
}

/** The first of this name in the folders of `path`; null when there is none. */
export async function findProgram(name: string, path: string): Promise<string | null> {
  for (const folder of path.split(delimiter)) {
    const place = join(folder, name);
    if (await isProgram(place)) return place;
  }
  return null;
}

async function isProgram(place: string): Promise<boolean> {
  try {
    await access(place, constants.X_OK);
    return (await stat(place)).isFile();
  } catch {
    return false;
  }
}
