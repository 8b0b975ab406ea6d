import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  createNamespace,
  currentNamespace,
  deleteNamespace,
  listNamespaces,
  type NamespaceHandle,
  namespacesNamed,
  newNsid,
  openNamespace,
  RtnetlinkSocket,
  renameNamespace,
} from '@vethlab/netlink';
import { ROOT_NAMESPACE } from '@vethlab/observed';
import { namespaceDirectory } from '../sandbox/prepare.js';
import { everythingIsOurs, type NamespaceKeeper } from './namespace-keeper.js';
import { Tables } from './tables.js';

/** A namespace of the lab with the one socket that talks to it for as long as it lives. */
export interface LabNamespace {
  name: string;
  readonly handle: NamespaceHandle;
  readonly inode: number;
  readonly socket: RtnetlinkSocket;
  /** Its rules of nf_tables. */
  readonly tables: Tables;
  /** Its number as seen from the sandbox's root namespace: events carry it. */
  readonly nsid: number;
}

/** A namespace has no number in itself. */
const noNsid = -1;

/** Who follows which namespaces there are. */
export interface NamespaceFollower {
  /** `made`: by us, just now; `found`: it was there already. */
  entered(namespace: LabNamespace, how: 'made' | 'found'): void;
  left(namespace: LabNamespace): void;
}

const nobody: NamespaceFollower = { entered: () => undefined, left: () => undefined };

/** What a look at `/run/netns` found different from what was known. */
export interface NamespaceChanges {
  readonly appeared: readonly string[];
  readonly vanished: readonly string[];
  /** Names that are there as files, but no namespace is mounted on them yet: `ip netns add` is between its two steps. */
  readonly unfinished: ReadonlySet<string>;
}

/** All named namespaces of the sandbox, whoever made them; on a host, those of the lab. */
export class LabNamespaces {
  /** Socket of the sandbox's root namespace: veth pairs are made from here, events arrive here. */
  readonly root = RtnetlinkSocket.open();
  /** The root namespace, when it is the lab's. */
  readonly rootPlace: LabNamespace | null;
  readonly #byName = new Map<string, LabNamespace>();
  readonly #byNsid = new Map<number, LabNamespace>();
  readonly #keeper: NamespaceKeeper;
  #follower = nobody;
  #nextNsid = 0;

  /** `rootIsLab`: the root namespace belongs to the lab, as in a sandbox, and is looked at as well. */
  constructor(keeper: NamespaceKeeper = everythingIsOurs, rootIsLab = false) {
    this.#keeper = keeper;
    const handle = rootIsLab ? currentNamespace() : null;
    this.rootPlace =
      handle === null
        ? null
        : {
            name: ROOT_NAMESPACE,
            handle,
            inode: handle.inode,
            socket: this.root,
            tables: new Tables(handle),
            nsid: noNsid,
          };
  }

  /** To be called before there is any namespace. */
  followedBy(follower: NamespaceFollower): void {
    this.#follower = follower;
  }

  get(name: string): LabNamespace | undefined {
    return this.#byName.get(name);
  }

  /** A named namespace, or the root namespace by `ROOT_NAMESPACE`. */
  place(name: string): LabNamespace | undefined {
    return name === ROOT_NAMESPACE ? (this.rootPlace ?? undefined) : this.#byName.get(name);
  }

  ofNsid(nsid: number): LabNamespace | undefined {
    return this.#byNsid.get(nsid);
  }

  /** The name of the namespace with this inode, as it is now. */
  nameOf(inode: number): string | undefined {
    for (const namespace of this.#byName.values()) if (namespace.inode === inode) return namespace.name;
    return undefined;
  }

  names(): string[] {
    return [...this.#byName.keys()];
  }

  get size(): number {
    return this.#byName.size;
  }

  /** Makes a namespace and names it. Synchronous, about 0.6 ms. Throws NetlinkError (EEXIST when the name is taken). */
  create(name: string): LabNamespace {
    let socket: RtnetlinkSocket | null = null;
    this.#keeper.making(name);
    let handle: NamespaceHandle;
    try {
      handle = createNamespace(name, namespaceDirectory, () => {
        socket = RtnetlinkSocket.open();
        this.#keeper.inside(name, socket);
      });
    } catch (error) {
      (socket as RtnetlinkSocket | null)?.close();
      this.#keeper.notMade(name);
      throw error;
    }
    const namespace = this.#enter(name, handle, socket ?? RtnetlinkSocket.open(handle), this.#numberNew(handle));
    this.#follower.entered(namespace, 'made');
    return namespace;
  }

  /** The inode stays: processes and sockets inside notice nothing. */
  rename(from: string, to: string): void {
    this.#keeper.renaming(from, to);
    try {
      renameNamespace(from, to, namespaceDirectory);
    } catch (error) {
      this.#keeper.notMade(to);
      throw error;
    }
    this.#keeper.renamed(from, to);
    const namespace = this.#byName.get(from);
    if (namespace === undefined) return;
    this.#byName.delete(from);
    namespace.name = to;
    this.#byName.set(to, namespace);
  }

  /** Takes the name away and lets go of everything held open: the kernel frees the namespace when nobody else is inside. */
  remove(name: string): void {
    deleteNamespace(name, namespaceDirectory);
    this.#keeper.removed(name);
    this.#leave(name);
  }

  /**
   * Compares `/run/netns` with what is known: opens what appeared, lets go of what vanished or was made anew under the same name.
   * @param names look at these only; with a thousand namespaces a look at all of them takes 5 ms
   */
  rescan(names: ReadonlySet<string> | 'all' = 'all'): NamespaceChanges {
    const all = names === 'all' ? listNamespaces(namespaceDirectory) : namespacesNamed(names, namespaceDirectory);
    const present = new Map(all.map(({ name, inode }) => [name, inode]));
    const vanished: string[] = [];
    for (const name of names === 'all' ? [...this.#byName.keys()] : names) {
      const known = this.#byName.get(name);
      if (known !== undefined && present.get(name) !== known.inode) vanished.push(name);
    }
    for (const name of vanished) this.#leave(name);
    const appeared: string[] = [];
    for (const { name, inode } of all) {
      if (this.#byName.has(name) || !this.#keeper.owns({ name, inode })) continue;
      const handle = openNamespace(name, namespaceDirectory);
      const namespace = this.#enter(name, handle, RtnetlinkSocket.open(handle), this.#numberOf(handle));
      this.#follower.entered(namespace, 'found');
      appeared.push(name);
    }
    const files = names === 'all' ? readdirSync(namespaceDirectory) : [...names].filter(isFile);
    return { appeared, vanished, unfinished: new Set(files.filter((name) => !present.has(name))) };
  }

  #enter(name: string, handle: NamespaceHandle, socket: RtnetlinkSocket, nsid: number): LabNamespace {
    const tables = new Tables(handle);
    const namespace: LabNamespace = { name, handle, inode: handle.inode, socket, tables, nsid };
    this.#byName.set(name, namespace);
    this.#byNsid.set(nsid, namespace);
    return namespace;
  }

  /**
   * Gives a namespace that was just made the number after the last one, in a single request. Others may give numbers too: when
   * it is taken, or the namespace has one already, the kernel is asked.
   */
  #numberNew(handle: NamespaceHandle): number {
    const nsid = this.#nextNsid;
    const [answer] = this.root.batchSync([newNsid({ namespaceFd: handle.fd, nsid })]);
    if (answer?.ok !== true) return this.#numberOf(handle);
    this.#nextNsid = nsid + 1;
    return nsid;
  }

  /** Gives the namespace a number in the root namespace, or keeps the one the kernel already gave it. */
  #numberOf(handle: NamespaceHandle): number {
    const known = this.root.nsidOf(handle.fd);
    if (known !== null) return known;
    // The kernel chooses: others may give numbers too.
    this.root.setNsid(handle.fd, null);
    const nsid = this.root.nsidOf(handle.fd);
    if (nsid === null) throw new Error(`The namespace ${handle.name ?? handle.inode} has no number.`);
    this.#nextNsid = nsid + 1;
    return nsid;
  }

  #leave(name: string): void {
    const namespace = this.#byName.get(name);
    if (namespace === undefined) return;
    this.#byName.delete(name);
    this.#byNsid.delete(namespace.nsid);
    namespace.socket.close();
    namespace.tables.close();
    this.#follower.left(namespace);
    namespace.handle.close();
  }
}

function isFile(name: string): boolean {
  return statSync(join(namespaceDirectory, name), { throwIfNoEntry: false }) !== undefined;
}
