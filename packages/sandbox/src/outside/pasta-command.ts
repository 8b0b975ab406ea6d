import { type WayOutPlace, type WayOutWish, wayOutArguments } from '@vethlab/planner';
import type { Identity } from '../identity/identity.js';
import type { ToolPaths } from '../machine/tools.js';
import { dropRights } from '../process/launch-command.js';

/**
 * Makes /dev/net/tun for everybody, in a mount namespace of its own: outside of udev's reach (containers, small machines) the device is root's alone,
 * and the way out runs under the sandbox's uid. The device number is that of linux/miscdevice.h.
 */
const withTunDevice =
  'mount -t tmpfs -o mode=755,size=64k none /dev/net && mknod -m 666 /dev/net/tun c 10 200 && exec "$@"';

/** The signal of a parent's death comes only to who asked before: a parent that died earlier is not the parent any more. */
const whileParentLives = '[ "$PPID" = "$1" ] && shift && exec "$@"';

/** The command line of a way out. In the foreground, so that it ends with us. */
export function pastaCommand(options: {
  readonly pasta: string;
  readonly tools: ToolPaths;
  /** The uid of the sandbox; null for an ordinary user, who needs none. */
  readonly identity: Identity | null;
  /** Pid of who starts it: it ends with that process. */
  readonly parent: number;
  readonly wish: WayOutWish;
  readonly place: WayOutPlace;
}): readonly [string, ...string[]] {
  const { tools, identity, pasta } = options;
  const launch = [
    ...dropRights(tools, identity),
    ...[tools.sh, '-c', whileParentLives, 'way-out', `${options.parent}`],
    pasta,
    '--foreground',
    ...wayOutArguments(options.wish, options.place),
  ];
  if (identity === null) return launch as [string, ...string[]];
  return [tools.unshare, '--mount', '--propagation', 'private', '--', tools.sh, '-c', withTunDevice, 'tun', ...launch];
}
