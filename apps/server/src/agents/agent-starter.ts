import { fileURLToPath } from 'node:url';
import type { LabId } from '@vethlab/protocol';
import { type AgentProcess, startAgent } from '@vethlab/sandbox';

/** What the server needs of a running agent. */
export type AgentLine = Pick<AgentProcess, 'ready' | 'send' | 'onMessage' | 'request' | 'onExit' | 'kill'> &
  Partial<Pick<AgentProcess, 'leave' | 'allowsOutside'>>;

/** Starts a lab's agent, or finds the one that was left running, and resolves when it is ready. `onLog` gets the lines it prints. */
export interface AgentStarter {
  (onLog: (line: string) => void, lab: LabId): Promise<AgentLine>;
  /**
   * Where labs outlive their agents and the server: removes what there is of a lab without an agent's help.
   * @throws SandboxError `host.not-ours`
   */
  readonly takeDown?: (lab: LabId) => Promise<void>;
}

/** Path of the agent's program. */
export function agentBundle(): string {
  return fileURLToPath(import.meta.resolve('@vethlab/agent/bundle'));
}

/** Agents in rootless sandboxes: the default runtime. */
export const startSandboxedAgent: AgentStarter = (onLog) => startAgent({ bundle: agentBundle(), onLog });

/** Agents for scripts of strangers: they see neither the homes of people nor `hide`, and can write nothing of the machine. */
export function startConfinedAgent(hide: readonly string[]): AgentStarter {
  return (onLog) => startAgent({ bundle: agentBundle(), onLog, hide });
}
