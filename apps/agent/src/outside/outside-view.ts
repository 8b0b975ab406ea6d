import type { ObservedPort, ObservedWayOut } from '@vethlab/observed';

/** What is known of the outside of a namespace: the kernel inside does not tell. */
export interface OutsideView {
  /** Of the namespace with this inode. */
  wayOut(inode: number): ObservedWayOut | undefined;
  /** Of the namespace with this name. */
  published(namespace: string): readonly ObservedPort[] | undefined;
}
