import type { Edit } from '@vethlab/topology';
import type { AdoptRequest } from '../adopt/adopt-message.js';
import type { InspectMessage } from '../inspect/live-message.js';
import type { LabMode } from '../lab.js';

/** Browser → server on `/api/v1/labs/{id}/stream`. `requestId` is chosen by the client and comes back in the answer. */
export type ClientMessage =
  | {
      readonly type: 'edit';
      readonly requestId: string;
      readonly baseRevision: number;
      readonly edit: Edit;
      /** The document changes and the kernel does not: takes back an adoption, or does it again. */
      readonly takeOver?: true;
    }
  /** Takes back what led to a revision, however large that is: as an edit of its own, and answered as one. */
  | {
      readonly type: 'revert';
      readonly requestId: string;
      readonly baseRevision: number;
      readonly revision: number;
      readonly takeOver?: true;
    }
  /** A sequence number was missed: send everything again. */
  | { readonly type: 'resync' }
  | { readonly type: 'start'; readonly requestId: string }
  | { readonly type: 'stop'; readonly requestId: string }
  | { readonly type: 'set-mode'; readonly requestId: string; readonly mode: LabMode }
  /** Held mode: what would Apply do? Live mode: what would repair the drift? */
  | { readonly type: 'plan'; readonly requestId: string }
  /** Run what is held back; in live mode, bring the kernel back to the document. */
  | { readonly type: 'apply'; readonly requestId: string }
  /** Bring these objects back to the document (`DriftItem.repair.id`); absent: all of them. */
  | { readonly type: 'repair'; readonly requestId: string; readonly items?: readonly string[] }
  /** All hosts to all hosts, once. */
  | { readonly type: 'reach'; readonly requestId: string; readonly family: 4 | 6 }
  | InspectMessage
  | AdoptRequest
  /** Give up a long apply or reach of this lab. */
  | { readonly type: 'cancel'; readonly requestId: string }
  | { readonly type: 'ping'; readonly requestId: string };
