import { closeSync, openSync, readSync } from 'node:fs';
import { inNamespace, inNewNamespace } from '@vethlab/netlink';
import type { LiveList, LiveSysctl } from '@vethlab/protocol';
import { bounded, short } from '../bounded.js';
import type { LookContext } from '../look-context.js';
import { interfaceKeys, keyOf, namespaceKeys, type SysctlPath } from './sysctl-keys.js';

/** Interfaces of a namespace whose own sysctls are read: ten files each, some 10 µs a file. */
export const mostInterfaces = 40;

/** A sysctl holds at most one page of text. */
const buffer = Buffer.alloc(4096);

/** A figure, not a setting: that it differs from that of a new namespace says nothing. */
const figures: ReadonlySet<string> = new Set(['net.netfilter.nf_conntrack_count']);

/** What a new namespace of this machine has, by key; read once, from one that is made for it and gone at once. */
let freshValues: ReadonlyMap<string, string> | null = null;

/**
 * Sysctls that decide what a namespace does with packets, beside what a new namespace has. An interface is compared with what
 * the same kernel gives to new ones (`conf.default`).
 */
export function readSysctls(look: LookContext): LiveList<LiveSysctl> {
  freshValues ??= inNewNamespace(readFresh);
  const fresh = freshValues;
  const links = look.links.slice(0, mostInterfaces);
  const rows = inNamespace(look.namespace.handle, () => [
    ...namespaceKeys.flatMap((path) => row(path, null, fresh, path)),
    ...links.flatMap(({ ifname, loopback }) =>
      interfaceKeys.flatMap((path) => row(fill(path, ifname), ifname, fresh, fill(path, loopback ? 'lo' : 'default'))),
    ),
  ]);
  const left = look.links.length - links.length;
  return bounded(
    rows,
    left === 0
      ? null
      : {
          reason: `Of ${look.links.length} interfaces, those of the first ${mostInterfaces} are read.`,
          remedy: 'sysctl -a -r "net.ipv[46].conf" shows those of all.',
        },
  );
}

function row(
  path: SysctlPath,
  ifname: string | null,
  fresh: ReadonlyMap<string, string>,
  comparedWith: SysctlPath,
): LiveSysctl[] {
  const value = readValue(path);
  if (value === null) return [];
  return [
    {
      key: short(keyOf(path)),
      ifname: ifname === null ? null : short(ifname),
      value,
      fresh: figures.has(keyOf(path)) ? null : (fresh.get(keyOf(comparedWith)) ?? null),
    },
  ];
}

function readFresh(): ReadonlyMap<string, string> {
  const paths = [...namespaceKeys, ...interfaceKeys.flatMap((path) => [fill(path, 'default'), fill(path, 'lo')])];
  return new Map(
    paths.flatMap((path) => {
      const value = readValue(path);
      return value === null ? [] : [[keyOf(path), value] as const];
    }),
  );
}

function fill(path: SysctlPath, ifname: string): SysctlPath {
  return path.map((part) => (part === '*' ? ifname : part));
}

/**
 * Null for a key that this kernel or namespace does not have. Names of interfaces come from the kernel, which allows no slash and
 * neither `.` nor `..` in them (dev_valid_name), so none of them leads out of its folder.
 */
function readValue(path: SysctlPath): string | null {
  let fd: number;
  try {
    fd = openSync(`/proc/sys/net/${path.join('/')}`, 'r');
  } catch {
    return null;
  }
  try {
    const length = readSync(fd, buffer, 0, buffer.length, 0);
    return short(buffer.toString('utf8', 0, length).trim().replaceAll('\t', ' '));
  } catch {
    // Some may be seen and not read.
    return null;
  } finally {
    closeSync(fd);
  }
}
