import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FromAgent } from '@vethlab/protocol';
import { AgentProcess, SandboxError } from '@vethlab/sandbox';
import { emptyTopology, type Topology } from '@vethlab/topology';
import { bundle, SandboxedLab } from './sandboxed-lab.js';
import type { TestHost } from './test-host.js';

const driver = fileURLToPath(new URL('./host-driver.mjs', import.meta.url));

type Ready = Extract<FromAgent, { readonly type: 'ready' }>;
type FromDriver =
  | FromAgent
  | { readonly type: 'driver-exit'; readonly reason: string }
  | { readonly type: 'driver-failed'; readonly message: string }
  | { readonly type: 'driver-killed'; readonly error: { readonly code: string; readonly message: string } | null };

/** The agent of a lab on a test's machine, found or started as a server does it. `kill` takes the lab down, `leave` only the server. */
export async function hostAgent(host: TestHost, lab: string): Promise<AgentProcess> {
  const child = host.fork(driver, bundle, lab);
  const [first] = (await once(child, 'message')) as [FromDriver];
  if (first.type !== 'ready') throw new Error(first.type === 'driver-failed' ? first.message : first.type);
  const ready: Ready = first;
  const leave = async () => {
    if (!child.connected) return;
    const gone = once(child, 'exit');
    // nsenter waits for the driver, and the driver ends with its channel.
    child.disconnect();
    await gone;
  };
  let killed: (error: { readonly code: string; readonly message: string } | null) => void = () => undefined;
  const agent = new AgentProcess({
    child,
    pid: ready.pid,
    ready,
    end: async () => {
      if (!child.connected) return;
      const outcome = new Promise<{ readonly code: string; readonly message: string } | null>((resolve) => {
        killed = resolve;
      });
      child.send({ type: 'driver-kill' });
      const error = await outcome;
      if (error !== null) throw new SandboxError({ code: error.code, reason: error.message, remedy: '' });
      await leave();
    },
    leave,
  });
  child.on('message', (message: FromDriver) => {
    if (message.type === 'driver-killed') killed(message.error);
    else if (message.type === 'driver-exit')
      agent.ended({ code: null, signal: null, reason: message.reason, fatal: null });
    else if (message.type !== 'driver-failed') agent.deliver(message);
  });
  return agent;
}

/** A lab on a test's machine. */
export async function openHostLab(
  host: TestHost,
  lab: string,
  topology: Topology = emptyTopology('Empty'),
): Promise<SandboxedLab> {
  return SandboxedLab.over(await hostAgent(host, lab), host.enter, topology);
}
