import { OUTSIDE_IFNAME, PASTA_PORTS_AT, pastaArguments, type WayOutPlace, type WayOutWish } from '@vethlab/planner';
import { outsideAddresses } from '@vethlab/topology';
import type { Identity } from '../identity/identity.js';
import type { AgentFiles } from '../identity/readable-agent.js';
import type { ToolPaths } from '../machine/tools.js';
import { dropRights } from '../process/launch-command.js';
import type { GuardConnection } from './connection.js';
import { guardAddresses } from './guard-network.js';
import { guard, holdTheNode, whileParentLives } from './guard-scripts.js';

export interface WayOutOptions {
  readonly pasta: string;
  readonly tools: ToolPaths;
  /** The agent's program, where that uid can read it: it opens the ports. */
  readonly agent: AgentFiles;
  /** The uid of the sandbox; null: our own will do. */
  readonly identity: Identity | null;
  /** Pid of who starts it: it ends with that process. */
  readonly parent: number;
  readonly wish: WayOutWish;
  readonly place: GuardPlace;
  /** What joins the guard to the machine; null: pasta. */
  readonly connection: GuardConnection | null;
}

/** Where a guard is made. */
export interface GuardPlace {
  /** The node's network namespace, as a file. */
  readonly network: string;
  /** The user namespace around that of the lab, as a file, and the inode that it had when the lab was made; null: on the host, the machine's own. */
  readonly user: { readonly path: string; readonly inode: number } | null;
}

/**
 * /dev/net/tun for everybody, made in a mount namespace of its own where that of the machine is not: outside of udev's reach (containers, small machines)
 * the device is root's alone, and the way out runs under the sandbox's uid. The device number is that of linux/miscdevice.h.
 */
const tunForAll = `case $(stat -Lc %a /dev/net/tun 2>/dev/null) in
  *[67]) ;;
  *) mount -t tmpfs -o mode=755,size=64k none /dev/net && mknod -m 666 /dev/net/tun c 10 200 || exit 1 ;;
esac`;

const withTunDevice = `${tunForAll}
exec "$@"`;

const namedGuard = '/mnt/guard';

/** The same, and the guard under a name: root's pasta gives up the right to look into other processes. */
const withNamedGuard = `${tunForAll}
mount -t tmpfs -o size=64k none /mnt && : >${namedGuard} && mount --bind "$1" ${namedGuard} || exit 1
shift
exec "$@"`;

/** The namespace between the node and the machine, see guard-scripts.ts. The pid stays that of the process that is started. */
export function guardCommand(options: WayOutOptions): readonly [string, ...string[]] {
  const { tools, parent, wish, place, agent, connection } = options;
  const { gateway, node, nameServer, prefixLength, gateway6, node6 } = outsideAddresses(wish.subnet);
  const enter = place.user === null ? [] : [tools.nsenter, `--user=${place.user.path}`, '--preserve-credentials', '--'];
  // Entering a user namespace may take the signal of the parent's death away (prctl(2)): it is asked for again.
  const again = [tools.setpriv, '--pdeathsig', 'KILL', '--'];
  const alive = [tools.sh, '-c', whileParentLives, 'way-out', `${parent}`];
  const apart = [tools.unshare, '--net', '--mount', '--propagation', 'private', '--'];
  const held = [tools.sh, '-c', holdTheNode, 'way-out', `${place.user?.inode ?? '-'}`, place.network];
  // A /proc of its own, whose switches it may turn also where those of the machine are locked, and a process tree that ends as one.
  const alone = [tools.unshare, '--pid', '--fork', '--kill-child', '--mount-proc', '--'];
  const beyond = (connection?.addresses ?? guardAddresses(wish.subnet)).gateway;
  const addresses = [gateway, node, nameServer, `${prefixLength}`, gateway6, node6, beyond];
  const portsAt = connection === null ? PASTA_PORTS_AT : beyond;
  const ports = [agent.node, agent.bundle, wish.subnet, portsAt, ...wish.hostPorts.map(String)];
  const script = [tools.sh, '-c', guard, 'vethlab-guard', ...addresses, ...ports];
  return launched(options, [...enter, ...again, ...alive, ...held, ...apart, ...alone, ...script]);
}

/** The one that connects the guard to the machine. `guardPid`: the guard's, once it is in a namespace of its own. */
export function pastaCommand(options: WayOutOptions, guardPid: number): readonly [string, ...string[]] {
  const { pasta, wish, place, identity } = options;
  const network = `/proc/${guardPid}/ns/net`;
  const isRoots = identity === null && place.user === null;
  const guarded: WayOutPlace = { network: isRoots ? namedGuard : network, user: place.user?.path ?? null };
  const end = { place: guarded, ifname: OUTSIDE_IFNAME, addresses: guardAddresses(wish.subnet) };
  const command = [pasta, '--foreground', ...pastaArguments(wish, end)];
  return launched(options, command, isRoots ? [withNamedGuard, network] : [withTunDevice]);
}

/** With the rights of the sandbox, for as long as we live; root prepares what pasta needs before it gives up its own. A guard needs nothing. */
function launched(
  { tools, identity, parent, place }: WayOutOptions,
  command: readonly string[],
  preparation?: readonly [string, ...string[]],
): readonly [string, ...string[]] {
  const [setpriv, ...rights] = dropRights(tools, identity);
  const launch = [...rights, tools.sh, '-c', whileParentLives, 'way-out', `${parent}`, ...command];
  if (preparation === undefined || (identity === null && place.user !== null)) return [setpriv, ...launch];
  const [prepare, ...prepared] = preparation;
  const mount = [tools.unshare, '--mount', '--propagation', 'private', '--'] as const;
  return [...mount, tools.sh, '-c', prepare, 'tun', ...prepared, setpriv, ...launch];
}
