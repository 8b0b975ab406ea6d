import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { LabReply } from '@vethlab/protocol';
import type { AgentProcess } from '@vethlab/sandbox';
import { type AgentStarter, startSandboxedAgent } from '../agents/agent-starter.js';
import type { TestServer } from './test-server.js';
import { until } from './until.js';

/** The real root is nobody in the sandbox and has to become its root; an ordinary user is its root already, and may not change. */
const enterUser = process.getuid?.() === 0 ? ['--user'] : ['--user', '--preserve-credentials'];

/** Sandboxed agents, the newest last, so that a test can type into their sandboxes. */
export function typableAgents(): { readonly start: AgentStarter; readonly agents: AgentProcess[] } {
  const agents: AgentProcess[] = [];
  const start: AgentStarter = async (onLog, lab) => {
    const agent = (await startSandboxedAgent(onLog, lab)) as AgentProcess;
    agents.push(agent);
    return agent;
  };
  return { start, agents };
}

/** Types lines into a sandbox, as in a terminal of its root namespace. Throws when one fails. */
export function typeInto(agent: AgentProcess, ...lines: readonly string[]): string {
  const init = Number.parseInt(readFileSync(`/proc/${agent.pid}/task/${agent.pid}/children`, 'utf8'), 10);
  const shell = ['nsenter', `--target=${init}`, ...enterUser, '--net', '--mount', '--pid', '--', 'sh', '-ec'];
  const [command = '', ...args] = [...shell, lines.join('\n')];
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${lines.join('; ')}: ${stderr}`);
  return stdout;
}

/** A new lab that runs. */
export async function runningLab(server: TestServer, body: object): Promise<LabReply> {
  const { id } = await server.json<LabReply>('POST', '/labs', body);
  const lab = server.shelf.get(id);
  await until(() => (lab.run.settled === null ? undefined : true), 'the lab runs');
  return lab.reply();
}
