import type { KernelFeature, Observed } from '@vethlab/observed';
import type { Step } from '@vethlab/planner';
import type { Diagnostic, Topology, TopologyDiff } from '@vethlab/topology';
import { z } from 'zod';
import type { ApplyReport, DriftItem } from '../apply.js';
import type { ExampleSummary, LabId, LabMode, LabSummary, Progress, RunState } from '../lab.js';
import type { ProbeSample } from '../probe.js';
import { applyReportSchema, driftItemSchema } from '../schemas/apply.js';
import { diagnosticSchema, topologyDiffSchema, topologySchema } from '../schemas/document.js';
import { kernelFeatureSchema } from '../schemas/feature.js';
import {
  exampleSummarySchema,
  labIdSchema,
  labModeSchema,
  labSummarySchema,
  progressSchema,
  runStateSchema,
} from '../schemas/lab.js';
import { observedSchema } from '../schemas/observed.js';
import { probeSampleSchema } from '../schemas/probe.js';
import { stepSchema } from '../schemas/step.js';

/** `POST /tickets`: opens one WebSocket, once: `/api/v1/labs/{id}/stream?ticket=…`. */
export interface TicketReply {
  readonly ticket: string;
  readonly expiresInMs: number;
}

export const ticketReplySchema = z.object({ ticket: z.string(), expiresInMs: z.number() });

/** `GET /labs`: the newest first; broken files are listed with what is wrong with them. */
export interface LabListReply {
  readonly labs: readonly LabSummary[];
  /** Where the labs of this server run: each in a sandbox, or on the machine itself. */
  readonly runtime: 'sandbox' | 'host';
}

export const labListReplySchema = z.object({
  labs: z.array(labSummarySchema),
  runtime: z.enum(['sandbox', 'host']),
});

/** `GET /examples` */
export interface ExampleListReply {
  readonly examples: readonly ExampleSummary[];
}

export const exampleListReplySchema = z.object({ examples: z.array(exampleSummarySchema) });

/** `GET /labs/{id}`, and what creating, duplicating, starting and stopping answer. */
export interface LabReply {
  readonly id: LabId;
  readonly revision: number;
  readonly appliedRevision: number;
  readonly topology: Topology;
  readonly diagnostics: readonly Diagnostic[];
  readonly mode: LabMode;
  /** Whether what is typed becomes part of the document by itself. */
  readonly follow: boolean;
  readonly run: RunState;
  readonly progress: Progress | null;
  readonly clients: number;
  readonly saveError: string | null;
}

export const labReplySchema = z.object({
  id: labIdSchema,
  revision: z.number(),
  appliedRevision: z.number(),
  topology: topologySchema,
  diagnostics: z.array(diagnosticSchema),
  mode: labModeSchema,
  follow: z.boolean(),
  run: runStateSchema,
  progress: progressSchema.nullable(),
  clients: z.number(),
  saveError: z.string().nullable(),
});

/** An edit, a rename or a replace that was taken. `stale` (409) and `invalid` (422) are problem documents. */
export interface AcceptedReply {
  readonly type: 'accepted';
  readonly revision: number;
  readonly summary: string;
  readonly warnings: readonly Diagnostic[];
  readonly created: { readonly nodes: readonly string[]; readonly links: readonly string[] };
  readonly diff: TopologyDiff;
}

export const acceptedReplySchema = z.object({
  type: z.literal('accepted'),
  revision: z.number(),
  summary: z.string(),
  warnings: z.array(diagnosticSchema),
  created: z.object({ nodes: z.array(z.string()), links: z.array(z.string()) }),
  diff: topologyDiffSchema,
});

/** `DELETE /labs/{id}`: where the file was put, for mending a mistake by hand. */
export interface DeletedReply {
  readonly trash: string;
}

export const deletedReplySchema = z.object({ trash: z.string() });

/** `GET /labs/{id}/observed` */
export interface ObservedReply {
  readonly run: RunState;
  readonly appliedRevision: number;
  readonly observed: Observed;
  readonly lastApply: ApplyReport | null;
  /** What the kernel of the lab can do; empty until it was asked. */
  readonly features: readonly KernelFeature[];
}

export const observedReplySchema = z.object({
  run: runStateSchema,
  appliedRevision: z.number(),
  observed: observedSchema,
  lastApply: applyReportSchema.nullable(),
  features: z.array(kernelFeatureSchema),
});

/** `GET /labs/{id}/plan`: what apply would do; of a lab that is not running, what starting it would do. */
export interface PlanReply {
  /** What the document was compared with: the kernel of the running lab, or an empty sandbox. */
  readonly against: 'running' | 'empty';
  readonly steps: readonly Step[];
}

export const planReplySchema = z.object({ against: z.enum(['running', 'empty']), steps: z.array(stepSchema) });

/** `GET /labs/{id}/script`: a stand-alone shell script that builds the same lab. */
export interface ScriptReply {
  readonly script: string;
}

export const scriptReplySchema = z.object({ script: z.string() });

/** `GET /labs/{id}/drift` */
export interface DriftReply {
  readonly items: readonly DriftItem[];
}

export const driftReplySchema = z.object({ items: z.array(driftItemSchema) });

/** `GET /labs/{id}/probes`: up to 60 last samples of every probe, oldest first. */
export interface ProbesReply {
  readonly samples: readonly ProbeSample[];
}

export const probesReplySchema = z.object({ samples: z.array(probeSampleSchema) });
