import { statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import type { AgentFiles } from '../identity/readable-agent.js';
import type { ToolPaths } from '../machine/tools.js';

/** Of people and of programs that are none of a stranger's business; and where sockets of theirs are. */
const privateFolders = [
  '/home',
  '/root',
  '/media',
  '/mnt',
  '/srv',
  '/run',
  '/tmp',
  '/dev/shm',
  '/var/tmp',
  '/var/mail',
  '/var/spool',
];

/** Where those of the person are who starts us, when not at home. */
const ownFolders = ['HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_RUNTIME_DIR'];

/** Where the agent's own files stay to be seen, when they are in a folder that is hidden: the first that has none of them. */
const places = ['/mnt', '/srv', '/media'];

/** Set for an agent that is confined, in its environment. */
export const confinedVariable = 'VETHLAB_CONFINED';

/**
 * Hides the folders up to `--` under empty ones, makes everything else read-only, and goes on with the rest of the words. All this is
 * done in a user and a mount namespace around those of the sandbox: the kernel locks what a namespace inherits from a more privileged
 * one, so no root in the sandbox can take it off again (mount_namespaces(7), "Restrictions on mount namespaces"). What cannot be
 * made read-only stays as the machine's permissions have it.
 */
const confineScript = `set -eu
mount=$1 place=$2 node=$3 folder=$4
shift 4
# A working folder that is hidden could still be reached through it.
cd /
"$mount" -t tmpfs -o size=64k,mode=755 vethlab "$place"
mkdir "$place/agent"
: >"$place/node"
"$mount" --bind "$folder" "$place/agent"
"$mount" --bind "$node" "$place/node"
while [ "$1" != -- ]; do
  [ ! -d "$1" ] || "$mount" -t tmpfs -o size=4k,mode=755 vethlab "$1"
  shift
done
shift
while read -r _ _ _ _ target _; do
  case $target in /proc | /proc/* | /sys | /sys/* | /dev | /dev/*) continue ;; esac
  "$mount" -o remount,bind,ro "$(printf %b "$target")" 2>/dev/null || true
done </proc/self/mountinfo
exec "$@"`;

/** Where things are for a confined agent, and what its command line begins with. */
export interface Confinement {
  readonly files: AgentFiles;
  readonly words: readonly string[];
}

/** @param hide Absolute paths of folders beyond those of people: the data of a server, its token */
export function confinement(tools: ToolPaths, files: AgentFiles, hide: readonly string[]): Confinement {
  const folder = dirname(files.bundle);
  const isFree = (place: string) => ![files.node, folder].some((path) => `${path}${sep}`.startsWith(`${place}${sep}`));
  const place = places.find((one) => isFree(one) && statSync(one, { throwIfNoEntry: false })?.isDirectory()) ?? '/mnt';
  const own = ownFolders.flatMap((name) => process.env[name] ?? []);
  const hidden = [...new Set([...privateFolders, ...own, ...hide])].filter(
    (one) => isAbsolute(one) && one !== '/' && one !== place,
  );
  const namespaces = [tools.unshare, '--user', '--map-root-user', '--mount', '--'];
  const script = [tools.sh, '-c', confineScript, 'vethlab-confine', tools.mount, place, files.node, folder];
  return {
    files: { node: join(place, 'node'), bundle: join(place, 'agent', basename(files.bundle)) },
    words: [...namespaces, ...script, ...hidden, '--'],
  };
}
