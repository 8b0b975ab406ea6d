import { statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { currentNamespace, listNamespaces, type NamedNamespace, type RtnetlinkSocket } from '@vethlab/netlink';
import type { NamespaceKeeper } from '../kernel/namespace-keeper.js';
import { namespaceDirectory } from '../sandbox/prepare.js';
import { isOfLab } from './lab-key.js';
import { inNamespace, labOfName, markNamespace } from './mark.js';
import { type OwnedRecord, OwnedRecords } from './owned-records.js';

/**
 * Which named namespaces of the host are the lab's: those with a record of the same name and inode, and with the lab's mark inside.
 *
 * The order of making one, and what a crash leaves behind:
 * record "being made" → (a record of nothing) → name reserved → (an empty file, and its record) → unshare → (the same: a
 * namespace without a name or a process is gone with us) → mark inside, inode into the record → (the same) → mount → done.
 * `sweep` removes what is left over; nothing is ever there with a name and without mark and record.
 */
export class HostKeeper implements NamespaceKeeper {
  readonly #lab: string;
  readonly #records: OwnedRecords;
  readonly #directory: string;

  constructor(lab: string, records = new OwnedRecords(), directory = namespaceDirectory) {
    this.#lab = lab;
    this.#records = records;
    this.#directory = directory;
  }

  owns({ name, inode }: NamedNamespace): boolean {
    const record = this.#records.read(name);
    if (record === null || !isOfLab(this.#lab, record.lab) || record.inode !== inode) return false;
    return isOfLab(this.#lab, labOfName(name, this.#directory, inode));
  }

  making(name: string): void {
    this.#records.take({ name, lab: this.#lab, inode: null, adopted: false });
  }

  inside(name: string, socket: RtnetlinkSocket): void {
    const here = currentNamespace();
    try {
      markNamespace(socket, this.#lab);
      this.#records.write({ name, lab: this.#lab, inode: here.inode, adopted: false });
    } finally {
      here.close();
    }
  }

  notMade(name: string): void {
    this.#records.forget(name);
  }

  renaming(from: string, to: string): void {
    const record = this.#records.read(from);
    if (record !== null) this.#records.take({ ...record, name: to });
  }

  renamed(from: string): void {
    this.#records.forget(from);
  }

  removed(name: string): void {
    this.#records.forget(name);
  }

  /** What was given to a lab of this id before anybody knew of which data folder is this lab's from now on. */
  claim(): void {
    for (const { record } of this.owned()) {
      if (record.lab === this.#lab) continue;
      this.#records.write({ ...record, lab: this.#lab });
      inNamespace(record.name, this.#directory, (socket) => markNamespace(socket, this.#lab));
    }
  }

  /** Our records with the namespaces they stand for. */
  owned(): { readonly record: OwnedRecord; readonly inode: number }[] {
    const present = new Map(listNamespaces(this.#directory).map((namespace) => [namespace.name, namespace]));
    return this.#records.list(this.#lab).flatMap((record) => {
      const namespace = present.get(record.name);
      return namespace !== undefined && this.owns(namespace) ? [{ record, inode: namespace.inode }] : [];
    });
  }

  /** Removes what a crash left half made: records without their namespace, and the empty files that go with them. */
  sweep(): void {
    const owned = new Set(this.owned().map(({ record }) => record.name));
    for (const { name } of this.#records.list(this.#lab)) {
      if (owned.has(name)) continue;
      removePlaceholder(join(this.#directory, name));
      this.#records.forget(name);
    }
    this.#records.sweep();
  }
}

/**
 * The empty file that a name begins as. It was not there before our record was (a name that exists is refused), so it is ours;
 * anything else at this place is somebody else's by now.
 */
function removePlaceholder(path: string): void {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined || !status.isFile() || status.size > 0) return;
  // nsfs: a namespace that is mounted there looks like an empty file too.
  if (status.dev === statSync('/proc/self/ns/net').dev) return;
  unlinkSync(path);
}
