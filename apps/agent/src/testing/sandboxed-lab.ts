import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { applyObservedDelta, emptyObserved, type KernelFeature, type Observed } from '@vethlab/observed';
import type { ApplyReport, DriftItem, FromAgent, ProbeSample } from '@vethlab/protocol';
import { type AgentProcess, startAgent } from '@vethlab/sandbox';
import { OwnDeadline } from '@vethlab/sandbox/testing/own-time';
import { applyEdit, type Edit, emptyTopology, parseLabFile, type Topology } from '@vethlab/topology';

/** Another build of the agent may be named, to test a change of it before everything else is built. */
export const bundle =
  process.env.VETHLAB_AGENT_BUNDLE ?? fileURLToPath(new URL('../../dist/bundle/agent.mjs', import.meta.url));
/** Against what hangs only, also on a machine that is busy elsewhere; in the second kernel (scripts/uml) everything takes several times as long. */
const deadlineMs = process.env.VETHLAB_UML === '1' ? 180_000 : 60_000;

/** The real root is nobody in the sandbox and has to become its root; an ordinary user is its root already, and may not change. */
const enterUser = process.getuid?.() === 0 ? ['--user'] : ['--user', '--preserve-credentials'];

/** A document from the text of a lab file; throws with the diagnostics when it is not valid. */
export function topologyOf(text: string): Topology {
  const { topology, diagnostics } = parseLabFile(text);
  if (topology === null) throw new Error(diagnostics.map(({ line, detail }) => `${line}: ${detail}`).join('\n'));
  return topology;
}

export function exampleLab(name: string): Topology {
  return topologyOf(readFileSync(new URL(`../../../../labs/${name}.lab.yaml`, import.meta.url), 'utf8'));
}

/** What a lab under test needs of its agent. */
export type AgentUnderTest = Pick<AgentProcess, 'send' | 'request' | 'onMessage' | 'kill' | 'pid' | 'leave'>;

/** A real agent in a real sandbox, or on a test's machine, with everything it said, and iproute2 beside it as a second reader. */
export class SandboxedLab {
  readonly agent: AgentUnderTest;
  readonly #enter: readonly [string, ...string[]];
  topology: Topology;
  revision = 1;
  observed: Observed = emptyObserved;
  drift: readonly DriftItem[] = [];
  features: readonly KernelFeature[] = [];
  readonly samples: ProbeSample[] = [];
  readonly reports: ApplyReport[] = [];
  readonly problems: string[] = [];

  private constructor(agent: AgentUnderTest, enter: readonly [string, ...string[]], topology: Topology) {
    this.agent = agent;
    this.#enter = enter;
    this.topology = topology;
    agent.onMessage((message) => this.#take(message));
  }

  static async open(
    topology: Topology = emptyTopology('Empty'),
    env: Readonly<Record<string, string>> = {},
  ): Promise<SandboxedLab> {
    const agent = await startAgent({ bundle, env });
    return SandboxedLab.over(agent, enterSandbox(agent.pid), topology);
  }

  /** A lab over an agent that is there already; `enter` are the words that bring a command to where it is. */
  static async over(
    agent: AgentUnderTest,
    enter: readonly [string, ...string[]],
    topology: Topology,
  ): Promise<SandboxedLab> {
    const lab = new SandboxedLab(agent, enter, topology);
    lab.agent.send({ type: 'open', topology, revision: lab.revision });
    await lab.until(() => lab.reports.length > 0, 'the lab is applied');
    return lab;
  }

  /** The report of the last apply. */
  get report(): ApplyReport {
    const report = this.reports.at(-1);
    if (report === undefined) throw new Error('Nothing was applied yet.');
    return report;
  }

  /** Makes an edit and waits until it is applied. */
  async edit(edit: Edit): Promise<ApplyReport> {
    const result = applyEdit(this.topology, edit);
    if (!result.ok) throw new Error(result.diagnostics.map(({ detail }) => detail).join('\n'));
    this.topology = result.topology;
    this.revision += 1;
    const { revision } = this;
    this.agent.send({ type: 'change', diff: result.diff, revision });
    await this.until(() => this.report.revision === revision, 'the edit is applied');
    return this.report;
  }

  /** Runs a command in the lab's root namespace. */
  run(...command: [string, ...string[]]): {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  } {
    const [file, ...args] = this.#enter;
    return spawnSync(file, [...args, ...command], { encoding: 'utf8' });
  }

  /** Runs a command in the lab's root namespace beside others, for its exit code alone. */
  async exitCodeOf(...command: [string, ...string[]]): Promise<number | null> {
    const [file, ...args] = this.#enter;
    const [code] = (await once(spawn(file, [...args, ...command], { stdio: 'ignore' }), 'exit')) as [number | null];
    return code;
  }

  /** Runs a command that must succeed and give JSON. */
  json<Result>(...command: [string, ...string[]]): Result {
    const { status, stdout, stderr } = this.run(...command);
    if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr}`);
    return JSON.parse(stdout) as Result;
  }

  inode(namespace: string): number {
    return Number(this.run('stat', '-c', '%i', `/run/netns/${namespace}`).stdout);
  }

  /** Polls until the condition holds; throws with what was waited for, and what the agent complained of. In own time: a promise may be asked for. */
  async until(condition: () => boolean, what: string, timeMs = deadlineMs): Promise<void> {
    const deadline = new OwnDeadline(timeMs);
    while (!condition()) {
      if (deadline.isOver) throw new Error(`Not in ${timeMs} ms: ${what}. ${this.problems.join('; ')}`);
      await deadline.pause();
    }
  }

  close(): Promise<void> {
    return this.agent.kill();
  }

  #take(message: FromAgent): void {
    if (message.type === 'observed') this.observed = applyObservedDelta(this.observed, message.delta);
    else if (message.type === 'applied') this.reports.push(message.report);
    else if (message.type === 'features') this.features = message.features;
    else if (message.type === 'drift') this.drift = message.items;
    else if (message.type === 'probes') this.samples.push(...message.samples);
    else if (message.type === 'log' && message.level !== 'info') this.problems.push(message.message);
    else if (message.type === 'fatal') this.problems.push(message.reason);
  }
}

/** Pid 1 of the sandbox as seen from here is the only child of `unshare`. */
export function enterSandbox(pid: number): readonly [string, ...string[]] {
  const init = Number.parseInt(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), 10);
  return ['nsenter', `--target=${init}`, ...enterUser, '--net', '--mount', '--pid', '--'];
}
