import { fileURLToPath } from 'node:url';
import { type AgentProcess, startAgent } from '@vethlab/sandbox';

/** What the server needs of a running agent. */
export type AgentLine = Pick<AgentProcess, 'ready' | 'send' | 'onMessage' | 'request' | 'onExit' | 'kill'>;

/** Starts an agent, and resolves when it is ready. `onLog` gets the lines it prints. */
export type AgentStarter = (onLog: (line: string) => void) => Promise<AgentLine>;

/** Agents in rootless sandboxes: the default runtime. */
export const startSandboxedAgent: AgentStarter = (onLog) =>
  startAgent({ bundle: fileURLToPath(import.meta.resolve('@vethlab/agent/bundle')), onLog });
