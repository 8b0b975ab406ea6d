import type { Counters, KernelFeature, Observed, ObservedDelta } from '@vethlab/observed';
import type { Step } from '@vethlab/planner';
import type { Diagnostic, Topology, TopologyDiff } from '@vethlab/topology';
import type { AdoptReply, FollowBroadcast } from '../adopt/adopt-message.js';
import type { ApplyReport, DriftItem } from '../apply.js';
import type { LiveMessage } from '../inspect/live-message.js';
import type { LabMode, Progress, RunState } from '../lab.js';
import type { ProbeSample, ReachReport } from '../probe.js';
import type { CommandRef, CommandStatus, CommandsView, WaitingCommand } from '../processes/command-status.js';
import type { TerminalSession } from '../terminals/terminal.js';

/** Bits per second in each direction, from the counters of the last second. */
export interface Rate {
  readonly rxBitsPerSecond: number;
  readonly txBitsPerSecond: number;
}

/** Everything a client needs to draw. `seq` starts at 0 with the snapshot; each later broadcast has the next number. */
export interface Snapshot {
  readonly type: 'snapshot';
  readonly protocol: number;
  readonly seq: number;
  readonly labId: string;
  readonly clientId: string;
  readonly revision: number;
  /** The revision the kernel was last brought to. */
  readonly appliedRevision: number;
  readonly topology: Topology;
  readonly diagnostics: readonly Diagnostic[];
  readonly mode: LabMode;
  /** Whether what is typed becomes part of the document by itself. */
  readonly follow: boolean;
  readonly run: RunState;
  readonly progress: Progress | null;
  readonly observed: Observed;
  readonly drift: readonly DriftItem[];
  /** What the kernel of the lab can do; empty until it was asked. */
  readonly features: readonly KernelFeature[];
  /** Up to 60 last samples of every probe, oldest first. */
  readonly probes: readonly ProbeSample[];
  /** By `node:ifname`. */
  readonly rates: Readonly<Record<string, Rate>>;
  readonly lastApply: ApplyReport | null;
  readonly terminals: readonly TerminalSession[];
  readonly commands: CommandsView;
  readonly clients: number;
  /** The document is newer than the file (the disk is full, say), and why. */
  readonly saveError: string | null;
}

/** To all clients of the lab, numbered. */
export type Broadcast = { readonly seq: number } & (
  | {
      readonly type: 'document';
      readonly revision: number;
      readonly diff: TopologyDiff;
      /** Client that made the edit; null when it came from disk or REST. */
      readonly author: string | null;
      readonly summary: string;
      readonly diagnostics: readonly Diagnostic[];
      /** Nobody edited: what was typed has become part of the document. By itself (follow), `author` is null. */
      readonly adopted?: true;
    }
  | { readonly type: 'observed'; readonly delta: ObservedDelta }
  | { readonly type: 'run'; readonly run: RunState; readonly progress: Progress | null }
  | { readonly type: 'mode'; readonly mode: LabMode }
  | FollowBroadcast
  | { readonly type: 'applied'; readonly report: ApplyReport }
  | { readonly type: 'drift'; readonly items: readonly DriftItem[] }
  /** What the kernel can do has become known, and with it what of the document has to be left out. */
  | {
      readonly type: 'features';
      readonly features: readonly KernelFeature[];
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly type: 'probes'; readonly samples: readonly ProbeSample[] }
  /** Only interfaces that carried something in the last second; all others are at rest. */
  | { readonly type: 'rates'; readonly rates: Readonly<Record<string, Rate>> }
  | { readonly type: 'clients'; readonly clients: number }
  /** All of them, whenever one is opened, closed, resized, renamed, ends, or is looked at by more or fewer. */
  | { readonly type: 'terminals'; readonly terminals: readonly TerminalSession[] }
  /** Commands that do something else than before, and those that the running lab has no more. */
  | { readonly type: 'commands'; readonly statuses: readonly CommandStatus[]; readonly gone: readonly CommandRef[] }
  /** All commands that nobody has agreed to, whenever that changes. */
  | { readonly type: 'consent'; readonly waiting: readonly WaitingCommand[] }
  | { readonly type: 'saved'; readonly saveError: string | null }
  /** Deleted, or its file vanished: the socket is closed afterwards. */
  | { readonly type: 'deleted' }
);

/** To the client that asked. */
export type Answer = { readonly requestId: string } & (
  | {
      readonly type: 'accepted';
      readonly revision: number;
      readonly summary: string;
      readonly warnings: readonly Diagnostic[];
      readonly created: { readonly nodes: readonly string[]; readonly links: readonly string[] };
      readonly diff: TopologyDiff;
    }
  /** The edit could not be carried over onto what changed since `baseRevision`. */
  | { readonly type: 'stale'; readonly revision: number; readonly changed: readonly TopologyDiff[] }
  | { readonly type: 'invalid'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly type: 'plan'; readonly steps: readonly Step[] }
  | { readonly type: 'reach-progress'; readonly done: number; readonly total: number }
  | { readonly type: 'reach'; readonly report: ReachReport }
  | ({ readonly type: 'adopted' } & AdoptReply)
  | { readonly type: 'done' }
  | { readonly type: 'pong' }
  | { readonly type: 'failed'; readonly code: string; readonly detail: string }
);

/** A message that was not understood; the socket stays open. */
export interface StreamError {
  readonly type: 'error';
  readonly code: string;
  readonly detail: string;
}

/** Server → browser. */
export type ServerMessage = Snapshot | Broadcast | Answer | LiveMessage | StreamError;

export type CountersByInterface = Readonly<Record<string, Counters>>;
