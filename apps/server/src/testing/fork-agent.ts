import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FromAgent } from '@vethlab/protocol';
import { AgentProcess } from '@vethlab/sandbox';
import type { AgentStarter } from '../agents/agent-starter.js';

const file = fileURLToPath(new URL('./test-agent.mjs', import.meta.url));

/** Starts test agents as plain processes, without a sandbox; `children` are all that were started, the newest last. */
export function forkedAgents(): { readonly start: AgentStarter; readonly children: ChildProcess[] } {
  const children: ChildProcess[] = [];
  const start: AgentStarter = async () => {
    const child = fork(file, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    children.push(child);
    const [ready] = (await once(child, 'message')) as [Extract<FromAgent, { type: 'ready' }>];
    const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    const agent = new AgentProcess({
      child,
      pid: child.pid ?? 0,
      ready,
      end: async () => {
        child.kill('SIGKILL');
        await exited;
      },
    });
    child.on('message', (message) => agent.deliver(message as FromAgent));
    void exited.then(([code, signal]) =>
      agent.ended({ code, signal, reason: `The agent ended (${code ?? signal}).`, fatal: null }),
    );
    return agent;
  };
  return { start, children };
}
