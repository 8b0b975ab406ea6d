import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mostProcesses } from '@vethlab/sandbox';
import { mostOfShells } from '../../terminals/shell-files.js';
import { checkLabKey } from '../lab-key.js';
import { groupFolderOf, type PidsTree, pidsTreeOf } from './pids-tree.js';

const mostAttempts = 3;

/** Names of groups; those of labs have something before them, because version 1 has a file `tasks` in every folder. */
const allLabs = 'vethlab';
const labPrefix = 'lab-';

/**
 * Bounds how many processes a lab of the host runtime may have, by the pids controller of cgroups(7): root is bounded by no RLIMIT_NPROC. The
 * agent, and with it all that it starts, is in one group, its shells are in another, and the group of the lab around both; each has what it has in
 * a sandbox. This is against accidents: root of the machine can leave any group.
 */
export class ProcessBound {
  readonly #groups: LabGroups;
  /** Where the agent was before. */
  readonly #home: string;

  private constructor(groups: LabGroups, home: string) {
    this.#groups = groups;
    this.#home = home;
  }

  /**
   * Makes the groups of a lab, or takes those that are left of an agent before, and goes into one.
   * @throws Error in words, where this machine or container does not let us
   */
  static enter(lab: string): ProcessBound {
    const tree = pidsTree();
    if (tree === null) throw new Error('No cgroups with the pids controller are mounted.');
    const home = groupFolderOf(readFileSync('/proc/self/cgroup', 'utf8'), tree);
    const groups = groupsOf(tree, lab);
    for (let attempt = 1; ; attempt += 1) {
      try {
        makeGroups(tree, groups);
        moveTo(groups.agent, process.pid);
        break;
      } catch (error) {
        // Another lab that just ended took the group around all of them along.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === mostAttempts) throw error;
      }
    }
    return new ProcessBound(groups, home);
  }

  /** A shell that was just started. One that cannot be moved (it has ended, or somebody removed the group) stays where the agent is, and the terminal works. */
  shell(pid: number): void {
    try {
      moveTo(this.#groups.shells, pid);
    } catch {
      // As above.
    }
  }

  /** Goes back to where the agent was, and removes what is empty. What still has a process in it stays, with its bound, until the lab is started or taken down again. */
  leave(): void {
    try {
      moveTo(this.#home, process.pid);
    } catch {
      // That group is gone: ours stays until somebody else removes it.
      return;
    }
    removeEmpty(this.#groups);
  }
}

/**
 * From now on nothing of the lab starts anything: what forks as fast as it is ended comes to an end. Does nothing where nothing is bounded.
 * Gives the way to take it back.
 */
export function startNoMore(lab: string): () => void {
  const tree = pidsTree();
  if (tree === null) return () => undefined;
  const limit = join(groupsOf(tree, lab).lab, 'pids.max');
  writeIfThere(limit, '0');
  return () => writeIfThere(limit, `${mostProcesses}`);
}

/** Everything that the lab has started and that still runs, wherever it is, without this process. */
export function processesInBound(lab: string): readonly number[] {
  const tree = pidsTree();
  if (tree === null) return [];
  const { agent, shells } = groupsOf(tree, lab);
  return [agent, shells].flatMap(processesIn).filter((pid) => pid !== process.pid);
}

/** Removes the groups of a lab whose agent is gone, as far as they are empty. */
export function removeProcessBound(lab: string): void {
  const tree = pidsTree();
  if (tree !== null) removeEmpty(groupsOf(tree, lab));
}

function processesIn(group: string): readonly number[] {
  try {
    return readFileSync(join(group, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean).map(Number);
  } catch {
    // No such group.
    return [];
  }
}

function writeIfThere(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'r+' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

interface LabGroups {
  readonly all: string;
  readonly lab: string;
  readonly agent: string;
  readonly shells: string;
}

function groupsOf({ folder }: PidsTree, lab: string): LabGroups {
  const all = join(folder, allLabs);
  const ofLab = join(all, `${labPrefix}${checkLabKey(lab)}`);
  return { all, lab: ofLab, agent: join(ofLab, 'agent'), shells: join(ofLab, 'shells') };
}

function makeGroups(tree: PidsTree, { all, lab, agent, shells }: LabGroups): void {
  handOn(tree, tree.folder);
  make(all);
  handOn(tree, all);
  make(lab);
  writeFileSync(join(lab, 'pids.max'), `${mostProcesses}`);
  handOn(tree, lab);
  make(agent);
  make(shells);
  writeFileSync(join(shells, 'pids.max'), `${mostOfShells}`);
}

function pidsTree(): PidsTree | null {
  return pidsTreeOf(readFileSync('/proc/self/mountinfo', 'utf8'), (folder) => {
    try {
      return readFileSync(join(folder, 'cgroup.controllers'), 'utf8');
    } catch {
      // One that is covered by another mount.
      return '';
    }
  });
}

/** Version 2: what is in this group may be counted. Refused where it has processes of its own and is not the root of the machine. */
function handOn({ version }: PidsTree, group: string): void {
  if (version === 2) writeFileSync(join(group, 'cgroup.subtree_control'), '+pids');
}

function make(group: string): void {
  mkdirSync(group, { recursive: true, mode: 0o755 });
}

function moveTo(group: string, pid: number): void {
  writeFileSync(join(group, 'cgroup.procs'), `${pid}`);
}

function removeEmpty({ shells, agent, lab, all }: LabGroups): void {
  for (const group of [shells, agent, lab, all]) {
    try {
      rmdirSync(group);
    } catch {
      // It has processes or other labs in it, or was never made.
    }
  }
}
