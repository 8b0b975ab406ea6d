import { fileURLToPath } from 'node:url';
import type { ApplyReport, FromAgent } from '@vethlab/protocol';
import { type AgentProcess, startAgent } from '@vethlab/sandbox';
import { starLab } from './star-lab.js';

const applyTimeoutMs = 120_000;

export interface VethlabStar {
  /** Carrying the plan out. */
  readonly applyMs: number;
  /** From the document handed to the agent to its report: read, planned, carried out, read back from the kernel and compared. */
  readonly wholeMs: number;
  readonly teardownMs: number;
  /** Killing the sandbox: what a person waits for when a lab is stopped. */
  readonly killMs: number;
  readonly secondPlanMs: number;
  readonly secondPlanSteps: number;
  readonly blockedMs: number;
  readonly rssBytes: number;
}

export function agentBundle(): string {
  return fileURLToPath(import.meta.resolve('@vethlab/agent/bundle'));
}

/** Resolves with the first message of a type. */
export function nextMessage<Type extends FromAgent['type']>(
  agent: AgentProcess,
  type: Type,
): Promise<Extract<FromAgent, { type: Type }>> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`No ${type} in ${applyTimeoutMs} ms.`)), applyTimeoutMs);
    const stop = agent.onMessage((message) => {
      if (message.type !== type) return;
      clearTimeout(timer);
      queueMicrotask(() => stop());
      resolve(message as Extract<FromAgent, { type: Type }>);
    });
  });
}

/** Applies a star; throws when anything failed or differs, so that a figure never stands for a broken lab. */
export async function openStar(
  hosts: number,
  hasFirewalls = false,
): Promise<{ agent: AgentProcess; report: ApplyReport; wholeMs: number }> {
  const agent = await startAgent({ bundle: agentBundle() });
  const applied = nextMessage(agent, 'applied');
  const sentAt = performance.now();
  agent.send({ type: 'open', topology: starLab(hosts, hasFirewalls), revision: 1 });
  const { report } = await applied;
  const wholeMs = performance.now() - sentAt;
  if (report.failures.length > 0 || report.differences.length > 0)
    throw new Error(`The star of ${hosts} is not right: ${report.failures[0]?.message ?? report.differences[0]}`);
  return { agent, report, wholeMs };
}

export async function measureVethlab(hosts: number): Promise<VethlabStar> {
  const { agent, report, wholeMs } = await openStar(hosts);
  const { figures } = await agent.request({ type: 'figures' });
  const planAt = performance.now();
  const { steps } = await agent.request({ type: 'plan', diff: null });
  const secondPlanMs = performance.now() - planAt;
  const { ms: teardownMs } = await agent.request({ type: 'teardown' }, { timeoutMs: applyTimeoutMs });
  await agent.kill();
  const again = await openStar(hosts);
  const killAt = performance.now();
  await again.agent.kill();
  return {
    applyMs: report.ms,
    wholeMs,
    teardownMs,
    killMs: performance.now() - killAt,
    secondPlanMs,
    secondPlanSteps: steps.length,
    blockedMs: figures.eventLoopMaxDelayMs,
    rssBytes: figures.rssBytes,
  };
}
