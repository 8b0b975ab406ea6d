import type { NamedNamespace, RtnetlinkSocket } from '@vethlab/netlink';

/**
 * Who keeps account of which named namespaces are the lab's. In a sandbox all are; on a host only those that carry our marks.
 * The account is written so that a crash at any moment leaves nothing of ours without a mark.
 */
export interface NamespaceKeeper {
  /** Whether this name, with this namespace behind it, is the lab's. */
  owns(namespace: NamedNamespace): boolean;
  /** Before a namespace is made. Throws when the name is somebody else's. */
  making(name: string): void;
  /** The calling thread is in the new namespace, which has no name yet; the socket belongs to it. */
  inside(name: string, socket: RtnetlinkSocket): void;
  /** It could not be made: nothing of it is left. */
  notMade(name: string): void;
  /** Before a namespace gets another name. */
  renaming(from: string, to: string): void;
  /** After that. */
  renamed(from: string, to: string): void;
  /** The name is gone. */
  removed(name: string): void;
}

/** A sandbox has nothing in it but its lab. */
export const everythingIsOurs: NamespaceKeeper = {
  owns: () => true,
  making: () => undefined,
  inside: () => undefined,
  notMade: () => undefined,
  renaming: () => undefined,
  renamed: () => undefined,
  removed: () => undefined,
};
