import type { ChildProcess } from 'node:child_process';
import { type FromAgent, protocolVersion } from '@vethlab/protocol';
import { AgentProcess } from '../process/agent-process.js';
import { SandboxError } from '../sandbox-error.js';
import { endOnHost } from './end-on-host.js';
import { HostWire } from './host-wire.js';
import { socketOf } from './places.js';
import { lastWordsOf, spawnHostAgent } from './spawn-host-agent.js';

/** As for a sandbox: a fifth of a second on an idle machine, some seconds on one that starts twenty labs at once. */
const defaultReadyTimeoutMs = 60_000;

/** A starting agent is looked for this often. */
const pollMs = 20;

export interface HostAgentOptions {
  /** Path of the built agent, `agent.mjs`. */
  readonly bundle: string;
  /** Id of the lab, with `@` and its data folder: the agent is found again by it, and everything it makes is marked with it. */
  readonly lab: string;
  /** A line that nobody understood. */
  readonly onLog?: (line: string) => void;
  readonly env?: Readonly<Record<string, string>>;
  readonly readyTimeoutMs?: number;
}

type Ready = Extract<FromAgent, { readonly type: 'ready' }>;
type Fatal = Extract<FromAgent, { readonly type: 'fatal' }>;

/**
 * The agent of a lab on the host itself: the one that a server before us left running, with its pings, commands and shells, or a new
 * one, which finds what is in the kernel as it was. It stays when we end; `leave` lets go of it, `kill` takes the lab down.
 * @throws SandboxError
 */
export async function startHostAgent(options: HostAgentOptions): Promise<AgentProcess> {
  const deadline = performance.now() + (options.readyTimeoutMs ?? defaultReadyTimeoutMs);
  const found = await HostWire.open(socketOf(options.lab), (text) => options.onLog?.(text));
  if (found !== null) {
    const agent = await whenReady(found, options, deadline);
    if (agent.ready.protocol === protocolVersion) return agent;
    await replace(agent);
  }
  const child = await spawnHostAgent(options.bundle, options.lab, options.env ?? {});
  const wire = await untilListening(child, options, deadline);
  return whenReady(wire, options, deadline);
}

/** An agent of another version cannot be talked to. What it made stays, and the new one finds it. */
async function replace(agent: AgentProcess): Promise<void> {
  const gone = new Promise<void>((resolve) => agent.onExit(() => resolve()));
  process.kill(agent.ready.pid, 'SIGKILL');
  await gone;
}

async function untilListening(child: ChildProcess, options: HostAgentOptions, deadline: number): Promise<HostWire> {
  let failure: string | null = null;
  child.once('error', (error) => {
    failure = error.message;
  });
  child.once('exit', (code, signal) => {
    failure ??= `it ended with ${signal ?? `exit code ${code ?? 'unknown'}`}`;
  });
  for (;;) {
    const wire = await HostWire.open(socketOf(options.lab), (text) => options.onLog?.(text));
    if (wire !== null) return wire;
    if (failure !== null) throw failed(`The lab's agent did not start: ${failure}. ${lastWordsOf(options.lab)}`);
    if (performance.now() > deadline) {
      child.kill('SIGKILL');
      throw late(options.lab);
    }
    await new Promise((tick) => setTimeout(tick, pollMs));
  }
}

/** Waits for the agent's greeting. */
function whenReady(wire: HostWire, options: HostAgentOptions, deadline: number): Promise<AgentProcess> {
  return new Promise((resolve, reject) => {
    let agent: AgentProcess | null = null;
    let fatal: Fatal | null = null;
    let left = false;
    const timer = setTimeout(() => {
      wire.close();
      reject(late(options.lab));
    }, deadline - performance.now());
    const make = (ready: Ready) =>
      new AgentProcess({
        child: wire,
        pid: ready.pid,
        ready,
        end: () => endOnHost(agent, options.bundle, options.lab),
        leave: async () => {
          left = true;
          wire.close();
        },
      });
    wire.listen(
      (message) => {
        if (message.type === 'fatal') fatal = message;
        if (message.type === 'ready' && agent === null) {
          clearTimeout(timer);
          agent = make(message);
          resolve(agent);
        } else agent?.deliver(message);
      },
      () => {
        clearTimeout(timer);
        if (agent === null) {
          reject(failed(`The lab's agent ended before it was ready. ${lastWordsOf(options.lab)}`));
          return;
        }
        const words = left ? '' : lastWordsOf(options.lab);
        const reason = fatal?.reason ?? `The lab's agent on this machine ended. ${words}`.trim();
        agent.ended({ code: null, signal: null, reason, fatal });
      },
    );
  });
}

function failed(reason: string): SandboxError {
  return new SandboxError({
    code: 'sandbox.agent-failed',
    reason: reason.trim(),
    remedy: 'Build everything again with npm run build; if it stays, this is a fault in Vethlab.',
  });
}

function late(lab: string): SandboxError {
  return new SandboxError({
    code: 'sandbox.agent-timeout',
    reason: `The agent of the lab ${lab} was not ready in time. ${lastWordsOf(lab)}`.trim(),
    remedy: 'The machine may be overloaded: try again.',
  });
}
