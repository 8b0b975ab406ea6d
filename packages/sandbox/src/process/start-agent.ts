import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { protocolVersion } from '@vethlab/protocol';
import { claimIdentity, type Identity } from '../identity/identity.js';
import { readableAgent } from '../identity/readable-agent.js';
import { missingTools } from '../machine/check-machine.js';
import { findTools } from '../machine/tools.js';
import { SandboxError } from '../sandbox-error.js';
import type { AgentProcess } from './agent-process.js';
import { AgentStart } from './agent-start.js';
import { confinedVariable, confinement } from './confine.js';
import { agentEnvironment } from './environment.js';
import { launchCommand, nested } from './launch-command.js';
import { sandboxLimits } from './limits.js';

/** From start to `ready`: 0.2 s on an idle machine, a few seconds where twenty labs start at once, half a minute where all processors are taken. */
const defaultReadyTimeoutMs = 60_000;

/**
 * Flags of the agent's Node. A small young generation keeps the heap near to what is alive (the agent must stay under 100 MB with 1,000 nodes, where it
 * measured 102 MB without these and 84 to 90 MB with them); one V8 helper thread is enough for one busy thread. 512 MB is twice what the
 * largest lab of 5,000 nodes should need: more means a leak, and the end of one agent is better than that of the machine.
 * A function is optimised after ten times the work that V8 would wait for (67,584 units of bytecode): the first apply is over in a tenth of
 * a second, in which the optimiser takes the processor from the kernel.
 */
export const nodeFlags = [
  '--max-semi-space-size=2',
  '--max-old-space-size=512',
  '--v8-pool-size=1',
  '--interrupt-budget=675840',
];

export interface StartOptions {
  /** Path of the built agent, `agent.mjs`; with its node_modules beside it, in a folder of its own. */
  readonly bundle: string;
  /**
   * `pipe` (default): what the agent prints goes to `onLog` and explains a crash. `inherit`: the agent, and commands it runs, have our terminal.
   * `ignore`: nothing is kept.
   */
  readonly stdio?: 'ignore' | 'pipe' | 'inherit';
  /** A line that the agent printed. What it says in messages of type `log` comes through `onMessage`. */
  readonly onLog?: (line: string) => void;
  /** Added to the small environment that agents get. */
  readonly env?: Readonly<Record<string, string>>;
  readonly readyTimeoutMs?: number;
  /**
   * For what strangers wrote: nothing in the sandbox sees the homes of people, nor these folders (absolute paths), and the rest of the
   * machine's files can only be read. Absent: the sandbox sees the files that we see.
   */
  readonly hide?: readonly string[];
}

/**
 * Starts an agent in a sandbox of its own, and resolves when it says that it is ready. The sandbox ends when the agent ends, when `kill` is
 * called, and when this process (exactly: the thread that called this) ends in whatever way.
 * @throws SandboxError with the reason, and the remedy when the machine is at fault
 */
export async function startAgent(options: StartOptions): Promise<AgentProcess> {
  const tools = await findTools();
  if (tools.missing.length > 0) throw new SandboxError(missingTools(tools.missing));

  const identity = await claimIdentity();
  const given = { node: process.execPath, bundle: resolve(options.bundle) };
  try {
    const readable = identity === null ? given : await readableAgent(given, identity.uid, tools.paths);
    const confined = options.hide === undefined ? null : confinement(tools.paths, readable, options.hide);
    const files = confined?.files ?? readable;
    const [command, ...args] = launchCommand({
      tools: tools.paths,
      identity,
      limits: await sandboxLimits(),
      agent: [files.node, ...nodeFlags, files.bundle],
      around: confined?.words ?? nested(tools.paths),
    });
    const child = spawnAgent(command, args, options, identity);
    return await new AgentStart(child, identity, { ...options, agent: readable }).ready(
      options.readyTimeoutMs ?? defaultReadyTimeoutMs,
      protocolVersion,
    );
  } catch (error) {
    await identity?.release();
    throw error;
  }
}

function spawnAgent(
  command: string,
  args: readonly string[],
  options: StartOptions,
  identity: Identity | null,
): ChildProcess {
  const stdio = options.stdio ?? 'pipe';
  const confined = options.hide === undefined ? {} : { [confinedVariable]: '1' };
  return spawn(command, args, {
    stdio: [stdio === 'pipe' ? 'ignore' : stdio, stdio, stdio, 'ipc'],
    env: agentEnvironment(process.env, { ...options.env, ...confined }, identity !== null),
    // A session of its own: Ctrl-C in the server's terminal is for the server alone. An agent with our terminal must stay in our session.
    detached: stdio !== 'inherit',
    // The working folder may be one that the other uid cannot enter.
    cwd: identity === null ? process.cwd() : '/',
  });
}
