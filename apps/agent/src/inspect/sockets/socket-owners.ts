import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { LiveSocket } from '@vethlab/protocol';
import { short } from '../bounded.js';

type Owner = NonNullable<LiveSocket['owner']>;

/** Descriptors looked at in one search: some 15 ms at most, and far more than a lesson has. */
const mostDescriptors = 5_000;

/** After a search in vain the same sockets are not searched for again for this long. */
const patienceMs = 5_000;

/** As the agent is called when it holds a socket itself: it keeps one for pings in every namespace. */
const ourselves = 'vethlab';

/**
 * Which process holds a socket: the descriptors of processes are links to `socket:[INODE]`. Processes are searched only for sockets
 * that are not known yet, so that a quiet node costs nothing.
 */
export class SocketOwners {
  readonly #known = new Map<number, Owner>();
  readonly #inVain = new Map<number, number>();

  /** The owners of these sockets, as far as they can be found. Forgets all others. */
  of(inodes: ReadonlySet<number>, namespaceInode: number): ReadonlyMap<number, Owner> {
    const now = performance.now();
    for (const [inode, { pid }] of this.#known) if (!inodes.has(inode) || !isThere(pid)) this.#known.delete(inode);
    for (const [inode, until] of this.#inVain) if (!inodes.has(inode) || until < now) this.#inVain.delete(inode);
    const wanted = new Set([...inodes].filter((inode) => !this.#known.has(inode) && !this.#inVain.has(inode)));
    if (wanted.size > 0) this.#search(wanted, namespaceInode);
    for (const inode of wanted) this.#inVain.set(inode, now + patienceMs);
    return this.#known;
  }

  /** Takes what it finds out of `wanted`. Those inside the namespace first, the agent itself last: it has most descriptors. */
  #search(wanted: Set<number>, namespaceInode: number): void {
    const inside: number[] = [];
    const outside: number[] = [];
    for (const entry of readdirSync('/proc')) {
      const pid = Number(entry);
      if (!Number.isInteger(pid) || pid === process.pid) continue;
      (linkOf(`/proc/${pid}/ns/net`) === `net:[${namespaceInode}]` ? inside : outside).push(pid);
    }
    let left = mostDescriptors;
    for (const pid of [...inside, ...outside, process.pid]) {
      if (wanted.size === 0 || left <= 0) return;
      left -= this.#searchIn(pid, wanted, left);
    }
  }

  #searchIn(pid: number, wanted: Set<number>, most: number): number {
    const descriptors = entriesOf(`/proc/${pid}/fd`).slice(0, most);
    for (const descriptor of descriptors) {
      const inode = Number(/^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${descriptor}`))?.[1] ?? 0);
      if (!wanted.delete(inode)) continue;
      this.#known.set(inode, { pid, name: nameOf(pid) });
    }
    return descriptors.length;
  }
}

function nameOf(pid: number): string {
  if (pid === process.pid) return ourselves;
  try {
    return short(readFileSync(`/proc/${pid}/comm`, 'utf8').replace(/\n$/, ''));
  } catch {
    return '?';
  }
}

function isThere(pid: number): boolean {
  return pid === process.pid || linkOf(`/proc/${pid}/ns/net`) !== '';
}

/** Empty for what is gone, and for processes that are not ours to look at. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function entriesOf(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
