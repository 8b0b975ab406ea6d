import type { KernelFeature, Observed } from '@vethlab/observed';
import type { Step } from '@vethlab/planner';
import type {
  AdoptReply,
  ApplyReport,
  CommandStatus,
  DriftItem,
  LabMode,
  LiveReading,
  LiveSection,
  ProbeSample,
  Progress,
  Rate,
  ReachReport,
  RunState,
  TerminalSession,
  WaitingCommand,
} from '@vethlab/protocol';
import type { Diagnostic, Edit, LinkKey, NodeName, ProbeKey, Topology } from '@vethlab/topology';

/** Connection to the server as the person sees it. Edits made while `lost` are kept and sent again. */
export type Connection = 'connecting' | 'open' | 'lost';

/** What became of an edit, told at the place of the act. */
export type EditOutcome =
  | {
      readonly ok: true;
      readonly summary: string;
      readonly warnings: readonly Diagnostic[];
      readonly created: { readonly nodes: readonly NodeName[]; readonly links: readonly LinkKey[] };
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export interface LabEvent {
  readonly id: number;
  /** Wall clock, for reading only. */
  readonly atMs: number;
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

/** Everything known of the open lab: a mirror of the server, plus edits that are on their way. Read through selectors. */
export interface LabState {
  readonly labId: string | null;
  readonly connection: Connection;
  /** The document with the edits that are still on their way already in it. */
  readonly topology: Topology | null;
  readonly revision: number;
  readonly appliedRevision: number;
  readonly pendingEdits: number;
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
  /** Up to 60 last samples per probe, oldest first. */
  readonly probes: Readonly<Record<ProbeKey, readonly ProbeSample[]>>;
  /** By `node:ifname`. */
  readonly rates: Readonly<Record<string, Rate>>;
  /** The namespace that is looked at closely, with the sections that came so far; null when nobody looks. */
  readonly live: LiveReading | null;
  readonly lastApply: ApplyReport | null;
  /** Shells of the lab, those that ended included. */
  readonly terminals: readonly TerminalSession[];
  /** What the commands of the running lab do, by `node:name`. */
  readonly commands: Readonly<Record<string, CommandStatus>>;
  /** Commands of the document that run only after somebody agrees. */
  readonly commandsWaiting: readonly WaitingCommand[];
  readonly clients: number;
  readonly saveError: string | null;
  readonly events: readonly LabEvent[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** What undo and redo would take back or do again: "Added h3"; null when there is nothing. */
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
  /** Set when the stream has ended for good. */
  readonly closed: LabClosed | null;
}

/** Why an open lab is not to be had any more; each has its own next step. */
export interface LabClosed {
  readonly reason: 'deleted' | 'missing' | 'broken' | 'unauthorized' | 'reload' | 'refused';
  readonly text: string;
}

export interface LabActions {
  /** Checks the edit with the same pure function as the server, shows it at once, sends it. Never throws. */
  edit(edit: Edit): Promise<EditOutcome>;
  /** The same for an edit that finishes the one before it: undo takes both back in one step. */
  settle(edit: Edit): Promise<EditOutcome>;
  undo(): Promise<EditOutcome>;
  redo(): Promise<EditOutcome>;
  start(): Promise<void>;
  stop(): Promise<void>;
  setMode(mode: LabMode): Promise<void>;
  plan(): Promise<readonly Step[]>;
  applyHeld(): Promise<void>;
  /** Drift items by the id of their repair step; absent: all. */
  repair(items?: readonly string[]): Promise<void>;
  /** Makes drift and ghosts, by their ids, part of the document; null: all. Gives null when it was refused, which is told. */
  adopt(items: readonly string[] | null): Promise<AdoptReply | null>;
  /** Whether what is typed becomes part of the document by itself. */
  setFollow(follow: boolean): Promise<void>;
  reach(family: 4 | 6, onProgress: (done: number, total: number) => void): Promise<ReachReport>;
  cancelReach(): void;
  /** Looks at these sections of one namespace from now on; null: at none. Asking again replaces it. */
  inspect(node: string | null, sections: readonly LiveSection[]): void;
  /** Looks at none any more, and forgets what was read. */
  leaveLive(): void;
}

export type LabStore = LabState & LabActions;
