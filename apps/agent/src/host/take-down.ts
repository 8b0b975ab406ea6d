import { rmSync } from 'node:fs';
import { deleteNamespace } from '@vethlab/netlink';
import type { DownReport } from '@vethlab/protocol';
import { forgetNameServer } from '../outside/name-servers.js';
import { namespaceDirectory } from '../sandbox/prepare.js';
import { findBlockers } from './blockers.js';
import { HostKeeper } from './host-keeper.js';
import { OwnedRecords } from './owned-records.js';
import { shellsFolderOf } from './places.js';
import { processesInBound, removeProcessBound, startNoMore } from './process-bound/process-bound.js';
import { processesByNamespace, signal } from './processes.js';
import { waitHere } from './wait-here.js';
import { clearWaysOut } from './way-out/clear-ways-out.js';

/**
 * Removes from the host exactly what is the lab's: the processes inside its namespaces and those that it started, the namespaces with all
 * that is in them, and the account of them. Needs no agent and no server; works on whatever a crash left. Synchronous, so that nothing comes between.
 * With blockers nothing is done at all, unless it is forced: then foreign processes inside are ended as well.
 */
export function takeDown(lab: string, options: { readonly force: boolean }): DownReport {
  const records = new OwnedRecords();
  const keeper = new HostKeeper(lab, records);
  const namespaces = keeper.owned().map(({ record, inode }) => ({ name: record.name, inode }));
  const blockers = findBlockers(namespaces, lab);
  if (blockers.length > 0 && !options.force) return { lab, namespaces: [], processes: 0, blockers };
  const startAgain = startNoMore(lab);
  const inodes = new Set(namespaces.map(({ inode }) => inode));
  const inside = () => processesByNamespace().filter(({ pid, inode }) => inodes.has(inode) && pid !== process.pid);
  // What a shell of the machine itself has started is in none of the namespaces.
  const processes = endProcesses(() => [...inside().map(({ pid }) => pid), ...processesInBound(lab)]);
  try {
    for (const { name } of namespaces) {
      deleteNamespace(name, namespaceDirectory);
      records.forget(name);
      forgetNameServer(name);
    }
  } catch (error) {
    // The lab stays, and its agent with it.
    startAgain();
    throw error;
  }
  keeper.sweep();
  clearWaysOut(lab);
  rmSync(shellsFolderOf(lab), { recursive: true, force: true });
  removeProcessBound(lab);
  return { lab, namespaces: namespaces.map(({ name }) => name), processes, blockers };
}

/** A killed process is gone within milliseconds, unless the kernel holds it in a call that nothing ends. */
const patienceMs = 2_000;
const pollMs = 2;

/**
 * Those that are not ours were asked about before. A process that forks is met again until none is left, and whoever hears that the lab is
 * down finds none of them.
 */
function endProcesses(running: () => readonly number[]): number {
  const ended = new Set<number>();
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const left = running();
    const fresh = left.filter((pid) => !ended.has(pid));
    for (const pid of fresh) {
      signal(pid, 'SIGKILL');
      ended.add(pid);
    }
    if (left.length === 0 || (fresh.length === 0 && performance.now() > deadline)) return ended.size;
    if (fresh.length === 0) waitHere(pollMs);
  }
}
