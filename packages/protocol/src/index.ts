export type * from './agent/from-agent.js';
export type * from './agent/to-agent.js';
export type * from './apply.js';
export type * from './lab.js';
export type * from './probe.js';
export type * from './stream/client-message.js';
export type * from './stream/server-message.js';
export { protocolVersion } from './version.js';
