import type { LeftOut } from '@vethlab/planner';
import type { Diagnostic, TopologyDiff } from '@vethlab/topology';
import type { ScriptReport } from './script-report.js';

/** Browser → server. */
export type AdoptRequest =
  /** Make these part of the document: ids of drift (`DriftItem.repair.id`) and of ghosts (`Ghosts`); null: all there is. Answer: `adopted`. */
  | { readonly type: 'adopt'; readonly requestId: string; readonly items: readonly string[] | null }
  /** Follow mode: whatever comes to rest in the kernel is adopted by itself. Answer: `done`. */
  | { readonly type: 'set-follow'; readonly requestId: string; readonly follow: boolean };

/**
 * What was adopted. `diff` inverted, in an `edit` with `takeOver`, undoes it: the document forgets, the kernel keeps. With nothing
 * to adopt the revision is as before and the diff is empty.
 */
export interface AdoptReply {
  readonly revision: number;
  /** `Adopted ns1, ns2 and a link.` */
  readonly summary: string;
  readonly warnings: readonly Diagnostic[];
  readonly created: { readonly nodes: readonly string[]; readonly links: readonly string[] };
  readonly diff: TopologyDiff;
  /** What was asked for and cannot be in the document. */
  readonly leftOut: readonly LeftOut[];
}

/** To the client that asked. */
export type AdoptAnswer = { readonly type: 'adopted'; readonly requestId: string } & AdoptReply;

/** Server → browsers: whether the lab follows. */
export interface FollowBroadcast {
  readonly type: 'follow';
  readonly follow: boolean;
}

/** Server → agent. */
export type AdoptOrder =
  /** The document has taken over what the kernel has: nothing is to be done, this is the document now. Answer: `applied` without steps. */
  | { readonly type: 'take-over'; readonly diff: TopologyDiff; readonly revision: number }
  /** Run a script in this sandbox, which has to be empty and of no further use. Answer: `script-ran`. */
  | {
      readonly type: 'run-script';
      readonly id: string;
      readonly name: string;
      readonly script: string;
      readonly timeLimitMs: number;
    };

/** Agent → server. */
export interface ScriptAnswer {
  readonly type: 'script-ran';
  readonly id: string;
  readonly report: ScriptReport;
}

/** `POST /labs/{id}/adopt` */
export interface AdoptBody {
  readonly items: readonly string[] | null;
}

/** `PUT /labs/{id}/follow` */
export interface FollowBody {
  readonly follow: boolean;
}
