import type { DownReport } from './host.js';

/** Server → agent of the host runtime. */
export type HostRequest =
  /** Remove from the machine everything that is this lab's, then end. Answer: `taken-down`; with blockers nothing was done. */
  | { readonly type: 'take-down'; readonly id: string; readonly force: boolean }
  /** Take these namespaces of the machine over for the lab. Answer: `namespaces-adopted`. */
  | { readonly type: 'adopt-namespaces'; readonly id: string; readonly namespaces: readonly string[] };

/** Agent of the host runtime → server. */
export type HostAnswer =
  | { readonly type: 'taken-down'; readonly id: string; readonly report: DownReport }
  | { readonly type: 'namespaces-adopted'; readonly id: string; readonly namespaces: readonly string[] };
