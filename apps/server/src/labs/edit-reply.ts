import type { AcceptedReply } from '@vethlab/protocol';
import type { Diagnostic, TopologyDiff } from '@vethlab/topology';

/** What an edit is answered with, on every way it came. */
export type EditReply =
  | AcceptedReply
  | { readonly type: 'stale'; readonly revision: number; readonly changed: readonly TopologyDiff[] }
  | { readonly type: 'invalid'; readonly diagnostics: readonly Diagnostic[] };
