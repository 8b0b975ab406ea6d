import type { Observed, ObservedDelta } from '@vethlab/observed';
import type { Ghosts, LeftOut, Step } from '@vethlab/planner';
import { expect, it } from 'vitest';
import type { z } from 'zod';
import type * as adopt from '../adopt/adopt-message.js';
import type * as adoptSchemas from '../adopt/adopt-schemas.js';
import type { ImportScriptBody, ImportScriptReply, ScriptReport } from '../adopt/script-report.js';
import type { FromAgent } from '../agent/from-agent.js';
import type { ToAgent } from '../agent/to-agent.js';
import type { ApplyReport, DriftItem } from '../apply.js';
import type { AdoptOnHostBody, DownReport, HostReply } from '../host/host.js';
import type { LiveReading } from '../inspect/live-reading.js';
import type { liveReadingSchema } from '../inspect/live-schemas.js';
import type { ExampleSummary, LabSummary, RunState } from '../lab.js';
import type { ProbeSample, ReachReport } from '../probe.js';
import type { AllowCommandsBody, SignalProcessBody, SignalProcessReply } from '../processes/command-rest.js';
import type * as commandSchemas from '../processes/command-schemas.js';
import type { CommandLog, CommandStatus, CommandsView, NodeProcesses } from '../processes/command-status.js';
import type * as bodies from '../rest/bodies.js';
import type * as bodySchemas from '../rest/bodies.js';
import type { Problem, problemSchema } from '../rest/problem.js';
import type * as replies from '../rest/replies.js';
import type { ClientMessage } from '../stream/client-message.js';
import type { ServerMessage } from '../stream/server-message.js';
import type { OpenTerminalBody, TerminalListReply } from '../terminals/terminal-rest.js';
import type {
  openTerminalBodySchema,
  terminalListReplySchema,
  terminalServerFrameSchema,
  terminalViewerFrameSchema,
} from '../terminals/terminal-schemas.js';
import type { TerminalServerFrame, TerminalViewerFrame } from '../terminals/terminal-socket.js';
import type { applyReportSchema, driftItemSchema } from './apply.js';
import type { clientMessageSchema } from './client-message.js';
import type { fromAgentSchema } from './from-agent.js';
import type { adoptOnHostBodySchema, downReportSchema, hostReplySchema } from './host.js';
import type { exampleSummarySchema, labSummarySchema, runStateSchema } from './lab.js';
import type { observedDeltaSchema, observedSchema } from './observed.js';
import type { probeSampleSchema, reachReportSchema } from './probe.js';
import type { serverMessageSchema } from './server-message.js';
import type { stepSchema } from './step.js';
import type { toAgentSchema } from './to-agent.js';

/** Schemas give mutable objects, the contract is readonly: that is the only difference allowed between the two. */
type Readonlies<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends object
    ? { readonly [K in keyof T]: Readonlies<T[K]> }
    : T;
type Out<S extends z.ZodType> = Readonlies<z.output<S>>;

it('every schema gives exactly the type of the contract, in both directions', () => {
  same<Out<typeof clientMessageSchema>, Readonlies<ClientMessage>>();
  same<Out<typeof serverMessageSchema>, Readonlies<ServerMessage>>();
  same<Out<typeof toAgentSchema>, Readonlies<ToAgent>>();
  same<Out<typeof fromAgentSchema>, Readonlies<FromAgent>>();
  same<Out<typeof commandSchemas.commandStatusSchema>, Readonlies<CommandStatus>>();
  same<Out<typeof commandSchemas.commandsViewSchema>, Readonlies<CommandsView>>();
  same<Out<typeof commandSchemas.commandLogSchema>, Readonlies<CommandLog>>();
  same<Out<typeof commandSchemas.nodeProcessesSchema>, Readonlies<NodeProcesses>>();
  same<Out<typeof commandSchemas.allowCommandsBodySchema>, Readonlies<AllowCommandsBody>>();
  same<Out<typeof commandSchemas.signalProcessBodySchema>, Readonlies<SignalProcessBody>>();
  same<Out<typeof commandSchemas.signalProcessReplySchema>, Readonlies<SignalProcessReply>>();
  same<Out<typeof observedSchema>, Readonlies<Observed>>();
  same<Out<typeof observedDeltaSchema>, Readonlies<ObservedDelta>>();
  same<Out<typeof stepSchema>, Readonlies<Step>>();
  same<Out<typeof applyReportSchema>, Readonlies<ApplyReport>>();
  same<Out<typeof driftItemSchema>, Readonlies<DriftItem>>();
  same<Out<typeof probeSampleSchema>, Readonlies<ProbeSample>>();
  same<Out<typeof reachReportSchema>, Readonlies<ReachReport>>();
  same<Out<typeof runStateSchema>, Readonlies<RunState>>();
  same<Out<typeof labSummarySchema>, Readonlies<LabSummary>>();
  same<Out<typeof exampleSummarySchema>, Readonlies<ExampleSummary>>();
  same<Out<typeof terminalServerFrameSchema>, Readonlies<TerminalServerFrame>>();
  same<Out<typeof terminalViewerFrameSchema>, Readonlies<TerminalViewerFrame>>();
  same<Out<typeof openTerminalBodySchema>, Readonlies<OpenTerminalBody>>();
  same<Out<typeof terminalListReplySchema>, Readonlies<TerminalListReply>>();
  same<Out<typeof liveReadingSchema>, Readonlies<LiveReading>>();
  same<Out<typeof hostReplySchema>, Readonlies<HostReply>>();
  same<Out<typeof downReportSchema>, Readonlies<DownReport>>();
  same<Out<typeof adoptOnHostBodySchema>, Readonlies<AdoptOnHostBody>>();
  same<Out<typeof problemSchema>, Readonlies<Problem>>();
});

it('the bodies and replies of the REST API have the types that clients code against', () => {
  same<Out<typeof bodySchemas.createLabBodySchema>, Readonlies<bodies.CreateLabBody>>();
  same<Out<typeof bodySchemas.replaceLabBodySchema>, Readonlies<bodies.ReplaceLabBody>>();
  same<Out<typeof bodySchemas.renameLabBodySchema>, Readonlies<bodies.RenameLabBody>>();
  same<Out<typeof bodySchemas.duplicateLabBodySchema>, Readonlies<bodies.DuplicateLabBody>>();
  same<Out<typeof bodySchemas.editBodySchema>, Readonlies<bodies.EditBody>>();
  same<Out<typeof bodySchemas.modeBodySchema>, Readonlies<bodies.ModeBody>>();
  same<Out<typeof bodySchemas.repairBodySchema>, Readonlies<bodies.RepairBody>>();
  same<Out<typeof bodySchemas.reachBodySchema>, Readonlies<bodies.ReachBody>>();
  same<Out<typeof replies.ticketReplySchema>, Readonlies<replies.TicketReply>>();
  same<Out<typeof replies.labListReplySchema>, Readonlies<replies.LabListReply>>();
  same<Out<typeof replies.exampleListReplySchema>, Readonlies<replies.ExampleListReply>>();
  same<Out<typeof replies.labReplySchema>, Readonlies<replies.LabReply>>();
  same<Out<typeof replies.acceptedReplySchema>, Readonlies<replies.AcceptedReply>>();
  same<Out<typeof replies.deletedReplySchema>, Readonlies<replies.DeletedReply>>();
  same<Out<typeof replies.observedReplySchema>, Readonlies<replies.ObservedReply>>();
  same<Out<typeof replies.planReplySchema>, Readonlies<replies.PlanReply>>();
  same<Out<typeof replies.scriptReplySchema>, Readonlies<replies.ScriptReply>>();
  same<Out<typeof replies.driftReplySchema>, Readonlies<replies.DriftReply>>();
  same<Out<typeof replies.probesReplySchema>, Readonlies<replies.ProbesReply>>();
  same<Out<typeof adoptSchemas.adoptBodySchema>, Readonlies<adopt.AdoptBody>>();
  same<Out<typeof adoptSchemas.followBodySchema>, Readonlies<adopt.FollowBody>>();
  same<Out<typeof adoptSchemas.adoptReplySchema>, Readonlies<adopt.AdoptReply>>();
  same<Out<typeof adoptSchemas.leftOutSchema>, Readonlies<LeftOut>>();
  same<Out<typeof adoptSchemas.ghostsSchema>, Readonlies<Ghosts>>();
  same<Out<typeof adoptSchemas.scriptReportSchema>, Readonlies<ScriptReport>>();
  same<Out<typeof adoptSchemas.importScriptBodySchema>, Readonlies<ImportScriptBody>>();
  same<Out<typeof adoptSchemas.importScriptReplySchema>, Readonlies<ImportScriptReply>>();
});

it('a schema that misses a field or has one too many would not compile', () => {
  // @ts-expect-error the contract asks for more than the schema gives
  same<{ readonly a: string }, { readonly a: string; readonly b: number }>();
  // @ts-expect-error optional in one and not in the other
  same<{ readonly a: string }, { readonly a?: string }>();
});

/**
 * Mutually assignable; the compiler is the test (tsconfig.test.json).
 * Identity is too much: a union of objects and an intersection with one are written differently.
 */
function same<A extends B, B extends C, C = A>(...checked: [A?, B?, C?]): void {
  expect(checked).toEqual([]);
}
