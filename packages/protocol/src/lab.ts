import type { Diagnostic } from '@vethlab/topology';

/** Opaque, URL-safe, also the name of the file on disk: `[a-z0-9][a-z0-9-]{0,62}`. */
export type LabId = string;

export interface LabSummary {
  readonly id: LabId;
  readonly name: string;
  readonly nodes: number;
  readonly links: number;
  /** Milliseconds since the epoch, of the file. */
  readonly changedAtMs: number;
  readonly run: RunState['state'];
  /** Set when the file cannot be read as a lab: listed as broken with its reason. */
  readonly broken?: readonly Diagnostic[];
}

/** An example lab of `labs/`, shown in the gallery. */
export interface ExampleSummary {
  readonly id: string;
  readonly name: string;
  /** One line about what it teaches: the comment at the top of the file. */
  readonly description: string;
  /** What it shows beyond namespaces, cables, addresses and routes ("NAT", "VLAN"); none: an example to begin with. */
  readonly topics: readonly string[];
  readonly nodes: number;
  readonly links: number;
}

/** Live: each accepted edit is applied at once. Held: edits collect until Apply. */
export type LabMode = 'live' | 'held';

export type RunState =
  | { readonly state: 'stopped' }
  | { readonly state: 'starting' }
  | { readonly state: 'running' }
  /** The agent died and is being replaced; the document is applied again. */
  | { readonly state: 'restarting'; readonly reason: string }
  /** Not running because of a fault; `remedy` says what to do. `code` is stable, such as `sandbox.user-namespaces-forbidden`. */
  | {
      readonly state: 'failed';
      readonly code: string;
      readonly reason: string;
      readonly remedy: string;
      /** Host runtime: names that belong to somebody else on this machine, when the lab could not be begun for them. */
      readonly conflicts?: readonly Diagnostic[];
    };

/** Long work, with counts. */
export interface Progress {
  readonly phase: 'apply' | 'observe' | 'teardown';
  readonly done: number;
  readonly total: number;
}
