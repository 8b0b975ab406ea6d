import { existsSync, readFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import {
  type Answer,
  inNewNamespace,
  newBridge,
  newLinkOfKind,
  newQdiscOfKind,
  newVeth,
  RtnetlinkSocket,
  refusalOfTable,
  setBridge,
} from '@vethlab/netlink';
import type { FeatureName, KernelFeature } from '@vethlab/observed';
import { lackOf, type OfKernel } from './words.js';

const ENOENT = 2;
const EOPNOTSUPP = 95;
/** ifindex of the loopback in every namespace (net/core/dev.c gives it the first number). */
const LOOPBACK = 1;

/** Interfaces that can be tried without leaving anything in other namespaces. */
const linkKinds = ['vrf', 'vlan', 'dummy', 'macvlan', 'vxlan'] as const satisfies readonly FeatureName[];

/**
 * What this kernel can do, found out by doing it in a namespace that has no name and is gone afterwards: kernels differ, names of modules
 * do not tell, and nothing may appear in the lab's own. About 4 ms; where the kernel has modules it may have to load some.
 */
export function probeFeatures(): KernelFeature[] {
  return inNewNamespace(() => {
    const socket = RtnetlinkSocket.open();
    try {
      const ipv6 = existsSync('/proc/net/if_inet6');
      return [
        ...basicLinks(socket),
        feature('ipv6', ipv6),
        ...linkKinds.map((kind) => feature(kind, knowsKind(socket, kind))),
        feature('bond', hasModule('bonding') || knowsKind(socket, 'bond')),
        feature('gre', hasModule('ip_gre') || knowsKind(socket, 'gre')),
        feature('netem', knowsQdisc(socket, 'netem')),
        feature('tbf', knowsQdisc(socket, 'tbf')),
        // Asked of the kernel, not of the program: rules are set over netlink.
        feature('nft', refusalOfTable('inet') === null),
      ];
    } finally {
      socket.close();
    }
  });
}

/**
 * VLAN filtering is switched on afterwards: a bridge that is refused is taken apart again, and that, as deleting one, waits 30 ms for all cores.
 * What was made ends with the namespace, and nobody waits for it.
 */
function basicLinks(socket: RtnetlinkSocket): KernelFeature[] {
  const [veth, bridge] = socket.batchSync([
    newVeth({ a: { ifname: '_probe0' }, b: { ifname: '_probe1' } }),
    newBridge({ ifname: '_probe2' }),
  ]);
  return [
    feature('veth', veth?.ok === true),
    feature('bridge', bridge?.ok === true),
    feature('vlan-filtering', bridge?.ok === true && filtersVlans(socket, '_probe2')),
  ];
}

function filtersVlans(socket: RtnetlinkSocket, bridge: string): boolean {
  const look = () => socket.links().find(({ ifname }) => ifname === bridge);
  const ifindex = look()?.ifindex;
  if (ifindex === undefined) return false;
  const [answer] = socket.batchSync([setBridge({ ifindex, vlanFiltering: true })]);
  // Some kernels ignore what they cannot do.
  return answer?.ok === true && look()?.vlanFiltering === true;
}

/** A kind that the kernel knows is made, or refused for the parameters that it lacks. */
function knowsKind(socket: RtnetlinkSocket, kind: string): boolean {
  const [answer] = socket.batchSync([newLinkOfKind({ ifname: `_${kind}`, kind })]);
  return !isRefused(answer, EOPNOTSUPP);
}

function knowsQdisc(socket: RtnetlinkSocket, kind: string): boolean {
  const [answer] = socket.batchSync([newQdiscOfKind({ ifindex: LOOPBACK, kind })]);
  return !isRefused(answer, ENOENT) && !isRefused(answer, EOPNOTSUPP);
}

function isRefused(answer: Answer | undefined, errno: number): boolean {
  return answer === undefined || (!answer.ok && answer.error.errno === errno);
}

/**
 * Loading these modules leaves interfaces elsewhere: bonding makes bond0 on the machine itself, and with ip_gre every namespace begins with
 * gre0, gretap0 and erspan0 (net.core.fb_tunnels_only_for_init_net). So they are not loaded for the sake of asking; a kernel
 * without them, or with them loaded or built in, can be asked.
 */
function hasModule(name: string): boolean {
  if (existsSync(join('/sys/module', name))) return false;
  try {
    return readFileSync(join('/lib/modules', release(), 'modules.dep'), 'utf8').includes(`/${name}.ko`);
  } catch {
    // No modules at all, or none that we may read.
    return false;
  }
}

function feature(name: OfKernel, available: boolean): KernelFeature {
  return { name, available, ...(available ? { reason: null, remedy: null } : lackOf(name)) };
}
