import type { ObservedTable } from './ruleset.js';
import type {
  ObservedBeyond,
  ObservedInterface,
  ObservedNamespace,
  ObservedPort,
  ObservedRoute,
  ObservedWayOut,
} from './state.js';

/** What changed between two looks. A key with null is gone. */
export interface ObservedDelta {
  readonly namespaces: Readonly<Record<string, NamespaceDelta | null>>;
  readonly root?: Readonly<Record<string, ObservedInterface | null>>;
  /** An empty list: there is nothing any more. */
  readonly rootBeyond?: readonly ObservedBeyond[];
}

/**
 * Only the fields that changed. A new namespace carries all of them; `inode` is present exactly then, and means that
 * nothing of an earlier namespace of this name is left.
 */
export interface NamespaceDelta {
  readonly inode?: number;
  readonly forwarding?: ObservedNamespace['forwarding'];
  readonly interfaces?: Readonly<Record<string, ObservedInterface | null>>;
  readonly routes?: readonly ObservedRoute[];
  /** Null: there is none any more. */
  readonly wayOut?: ObservedWayOut | null;
  /** Null: nothing any more. */
  readonly published?: readonly ObservedPort[] | null;
  /** An empty list: there are none any more. */
  readonly tables?: readonly ObservedTable[];
  /** An empty list: there is nothing any more. */
  readonly beyond?: readonly ObservedBeyond[];
}
