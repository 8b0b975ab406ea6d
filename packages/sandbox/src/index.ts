export { checkHost, hostProblem } from './host/check-host.js';
export { HostCommandError, runHostCommand } from './host/host-command.js';
export { type HostAgentOptions, startHostAgent } from './host/start-host-agent.js';
export { checkMachine, type MachineCheck, type MachineProblem } from './machine/check-machine.js';
export type { ConnectGuard, GuardAddresses, GuardConnection } from './outside/connection.js';
export { Outside } from './outside/outside.js';
export { wayOutLack } from './outside/way-out-lack.js';
export type { AgentExit } from './process/agent-exit.js';
export { AgentProcess } from './process/agent-process.js';
export {
  type AgentAnswer,
  AgentRefusal,
  type AgentRequest,
  type RequestOptions,
  type RequestProgress,
} from './process/agent-request.js';
export { mostProcesses } from './process/limits.js';
export { type StartOptions, startAgent } from './process/start-agent.js';
export { SandboxError, type SandboxErrorCode } from './sandbox-error.js';
