import { type WayOutPlace, type WayOutWish, wayOutArguments } from '@vethlab/planner';
import { outsideAddresses } from '@vethlab/topology';
import type { Identity } from '../identity/identity.js';
import type { ToolPaths } from '../machine/tools.js';
import { dropRights } from '../process/launch-command.js';

export interface PastaOptions {
  readonly pasta: string;
  readonly tools: ToolPaths;
  /** The uid of the sandbox; null: our own will do. */
  readonly identity: Identity | null;
  /** Pid of who starts it: it ends with that process. */
  readonly parent: number;
  readonly wish: WayOutWish;
  readonly place: WayOutPlace;
}

/*
 * A way out is two pastas, one behind the other. pasta (of Debian 12) sends what is addressed to 127.0.0.1 to the loopback of where it runs, and a
 * node is in the hands of whoever works in it. So the inner one, which the node has, runs in a network namespace of its own with an empty loopback;
 * the outer one connects that to the machine, and opens the chosen ports there. Nobody in the lab can reach the namespace between: no interface
 * leads there but through the inner pasta, and no process that a lab can see is in it.
 */

/** Where the node's namespace is for the inner one: a name in its own mount namespace, which stays when the node is renamed. */
const nodeFile = '/mnt/node';

/**
 * Makes /dev/net/tun for everybody, in a mount namespace of its own: outside of udev's reach (containers, small machines) the device is root's alone,
 * and the way out runs under the sandbox's uid. The device number is that of linux/miscdevice.h.
 */
const withTunDevice =
  'mount -t tmpfs -o mode=755,size=64k none /dev/net && mknod -m 666 /dev/net/tun c 10 200 && exec "$@"';

/** The same, and the namespace under a name: root's pasta gives up the right to look into other processes. */
const withNamedNamespace =
  'mount -t tmpfs -o mode=755,size=64k none /dev/net && mknod -m 666 /dev/net/tun c 10 200 && touch /dev/net/between && mount --bind "$1" /dev/net/between && shift && exec "$@"';

/** The signal of a parent's death comes only to who asked before: a parent that died earlier is not the parent any more. */
const whileParentLives = '[ "$PPID" = "$1" ] && shift && exec "$@"';

/** Waits for the outer one (its default route; 10 s at most), whose name server is the one to ask. */
const betweenScript = `[ "$PPID" = "$1" ] || exit 1
mount -t tmpfs -o size=64k none /mnt && touch /mnt/node && mount --bind "$2" /mnt/node || exit 1
echo "nameserver $3" >/mnt/resolv.conf && mount --bind /mnt/resolv.conf /etc/resolv.conf
ip link set lo up
tries=0
until ip route show default | grep -q .; do
  tries=$((tries + 1)); [ $tries -gt 500 ] && exit 1
  sleep 0.02
done
shift 3; exec "$@"`;

/** The one that the node has. Its pid is that of the process that is started; it waits for the outer one. */
export function innerCommand(options: PastaOptions): readonly [string, ...string[]] {
  const { tools, parent, pasta, wish, place } = options;
  const { nameServer } = outsideAddresses(wish.subnet);
  const enter = place.user === null ? [] : [tools.nsenter, `--user=${place.user}`, '--preserve-credentials', '--'];
  // Entering a user namespace may take the signal of the parent's death away (prctl(2)): it is asked for again.
  const again = [tools.setpriv, '--pdeathsig', 'KILL', '--'];
  const between = [tools.unshare, '--net', '--mount', '--propagation', 'private', '--'];
  const node: WayOutPlace = { network: nodeFile, user: null };
  const script = [tools.sh, '-c', betweenScript, 'between', `${parent}`, place.network, nameServer];
  const inner = [pasta, '--foreground', ...wayOutArguments(wish, node)];
  return launched(options, [...enter, ...between, ...again, ...script, ...inner], [withTunDevice]);
}

/** The one that connects the namespace between to the machine. `inner`: pid of the inner one, once it is in a namespace of its own. */
export function outerCommand(options: PastaOptions, inner: number): readonly [string, ...string[]] {
  const { pasta, wish, place, identity } = options;
  const network = `/proc/${inner}/ns/net`;
  const isRoots = identity === null && place.user === null;
  const between: WayOutPlace = { network: isRoots ? '/dev/net/between' : network, user: place.user };
  const outer = [pasta, '--foreground', ...wayOutArguments(wish, between)];
  return launched(options, outer, isRoots ? [withNamedNamespace, network] : [withTunDevice]);
}

/** With the rights of the sandbox, for as long as we live; root prepares what it needs before it gives up its own. */
function launched(
  { tools, identity, parent, place }: PastaOptions,
  command: readonly string[],
  [prepare, ...prepared]: readonly [string, ...string[]],
): readonly [string, ...string[]] {
  const [setpriv, ...rights] = dropRights(tools, identity);
  const launch = [...rights, tools.sh, '-c', whileParentLives, 'way-out', `${parent}`, ...command];
  if (identity === null && place.user !== null) return [setpriv, ...launch];
  const mount = [tools.unshare, '--mount', '--propagation', 'private', '--'] as const;
  return [...mount, tools.sh, '-c', prepare, 'tun', ...prepared, setpriv, ...launch];
}
