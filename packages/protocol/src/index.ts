export type * from './adopt/adopt-message.js';
export {
  adoptBodySchema,
  adoptReplySchema,
  followBodySchema,
  ghostsSchema,
  importScriptBodySchema,
  importScriptReplySchema,
  leftOutSchema,
  scriptMaxLength,
  scriptReportSchema,
} from './adopt/adopt-schemas.js';
export type * from './adopt/script-report.js';
export type * from './agent/from-agent.js';
export * from './agent/message-lines.js';
export type * from './agent/to-agent.js';
export type * from './apply.js';
export type * from './host/host.js';
export type * from './host/host-message.js';
export type * from './inspect/live-firewall.js';
export type * from './inspect/live-message.js';
export * from './inspect/live-reading.js';
export { liveReadingSchema, liveSectionSchema } from './inspect/live-schemas.js';
export * from './inspect/live-section.js';
export type * from './lab.js';
export { outsideAllowed } from './outside/outside-allowed.js';
export type * from './outside/outside-message.js';
export { outsideOrderSchema } from './outside/outside-schemas.js';
export type * from './probe.js';
export * from './processes/command-agent.js';
export type * from './processes/command-rest.js';
export { allowCommandsBodySchema, signalProcessBodySchema } from './processes/command-schemas.js';
export * from './processes/command-status.js';
export * from './rest/bodies.js';
export * from './rest/endpoints.js';
export { openApiDocument } from './rest/openapi.js';
export * from './rest/problem.js';
export * from './rest/replies.js';
export { applyReportSchema, driftItemSchema } from './schemas/apply.js';
export { clientMessageSchema, editMessageSchema } from './schemas/client-message.js';
export { fromAgentSchema } from './schemas/from-agent.js';
export { adoptOnHostBodySchema, downReportSchema, hostReplySchema } from './schemas/host.js';
export { exampleSummarySchema, labIdSchema, labModeSchema, labSummarySchema, runStateSchema } from './schemas/lab.js';
export { observedDeltaSchema, observedSchema } from './schemas/observed.js';
export { probeSampleSchema, reachReportSchema } from './schemas/probe.js';
export { serverMessageSchema } from './schemas/server-message.js';
export { stepSchema } from './schemas/step.js';
export { toAgentSchema } from './schemas/to-agent.js';
export type * from './stream/client-message.js';
export * from './stream/message-size.js';
export type * from './stream/server-message.js';
export * from './terminals/terminal.js';
export * from './terminals/terminal-agent.js';
export type * from './terminals/terminal-rest.js';
export * from './terminals/terminal-schemas.js';
export type * from './terminals/terminal-socket.js';
export { protocolVersion } from './version.js';
