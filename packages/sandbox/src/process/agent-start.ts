import type { ChildProcess } from 'node:child_process';
import { stat } from 'node:fs/promises';
import type { Socket } from 'node:net';
import type { FromAgent, PublishWish, ToAgent } from '@vethlab/protocol';
import type { Identity } from '../identity/identity.js';
import type { AgentFiles } from '../identity/readable-agent.js';
import { checkMachine } from '../machine/check-machine.js';
import { Outside } from '../outside/outside.js';
import type { GuardPlace } from '../outside/way-out-commands.js';
import { wayOutLack } from '../outside/way-out-lack.js';
import { SandboxError } from '../sandbox-error.js';
import { type AgentExit, describeExit } from './agent-exit.js';
import { isAgentMessage } from './agent-message.js';
import { AgentProcess } from './agent-process.js';
import { LastWords } from './last-words.js';
import { outerUserOf } from './launch-command.js';
import { findInit, initIsGone } from './sandbox-init.js';

/** After the process has ended, what it sent and printed last may still be under way; more than this means that somebody else holds the pipe. */
const lastMessagesMs = 500;

/** Connections that wait for an agent which does not take them: it hangs, or is flooded. */
const mostVisitors = 256;

const outsideOrders: ReadonlySet<FromAgent['type']> = new Set(['way-out-start', 'way-out-end', 'publish']);

type Ready = Extract<FromAgent, { readonly type: 'ready' }>;

/** The life of one agent's process, from its start on: holds the handlers, and makes the `AgentProcess` when it is ready. */
export class AgentStart {
  readonly #child: ChildProcess;
  readonly #identity: Identity | null;
  readonly #onLog: ((line: string) => void) | undefined;
  readonly #lastWords = new LastWords();
  readonly #exited: Promise<AgentExit>;
  readonly #outside: Outside;
  /** Came to a published port, and are not with the agent yet. */
  readonly #visitors = new Set<Socket>();
  #agent: AgentProcess | null = null;
  #fatal: AgentExit['fatal'] = null;
  #initPid: number | null = null;
  /** Of the user namespace around that of the sandbox. */
  #outerUserInode: number | null = null;
  #killedByUs = false;
  #onReady: (message: Ready) => void = () => undefined;

  constructor(
    child: ChildProcess,
    identity: Identity | null,
    options: {
      readonly onLog?: (line: string) => void;
      /** Its program, where its user can read it. */
      readonly agent: AgentFiles;
      /** Present: for what strangers wrote, which gets nothing outside. */
      readonly hide?: readonly string[];
    },
  ) {
    this.#child = child;
    this.#identity = identity;
    this.#outside = new Outside({
      identity,
      agent: options.agent,
      placeOf: (namespace) => this.#placeOf(namespace),
      tell: (news) => this.#agent?.send(news),
      allows: (order) => options.hide === undefined && (this.#agent?.allowsOutside(order) ?? false),
      onConnection: (wish, socket) => this.#handIn(wish, socket),
    });
    this.#onLog = options.onLog;
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) this.#lastWords.listen(stream, options.onLog);
    }
    child.on('message', (message) => this.#receive(message));
    this.#exited = this.#watchExit();
  }

  /** @throws SandboxError when the agent ends, or says nothing, before it is ready */
  async ready(timeoutMs: number, protocol: number): Promise<AgentProcess> {
    const timer = new AbortController();
    const lack = wayOutLack({ byRoot: this.#identity !== null });
    const message = await Promise.race([
      new Promise<Ready>((resolve) => {
        this.#onReady = resolve;
      }),
      this.#exited,
      new Promise<'late'>((resolve) => {
        const timeout = setTimeout(() => resolve('late'), timeoutMs);
        timer.signal.addEventListener('abort', () => clearTimeout(timeout));
      }),
    ]);
    timer.abort();
    if (message === 'late') {
      await this.#end();
      throw new SandboxError({
        code: 'sandbox.agent-timeout',
        reason: `The lab's agent was not ready after ${timeoutMs / 1000} s. ${this.#lastWords.text}`.trim(),
        remedy: 'The machine may be overloaded: try again.',
      });
    }
    if (!('type' in message)) throw await this.#explainFailedStart(message);
    if (message.protocol !== protocol) {
      await this.#end();
      throw new SandboxError({
        code: 'sandbox.agent-version',
        reason: `The agent speaks version ${message.protocol} of the messages, and this program version ${protocol}.`,
        remedy: 'Build everything again: npm run build',
      });
    }
    const agent = this.#agent;
    if (agent === null) throw new Error('A ready message makes an agent.');
    this.#initPid = await findInit(agent.pid);
    // Before anybody works in the lab, who might come to change what is behind that descriptor.
    this.#outerUserInode = await inodeOf(outerUserOf(agent.pid));
    agent.send({ type: 'way-out-lack', lack: await lack });
    return agent;
  }

  #receive(message: unknown): void {
    if (!isAgentMessage(message)) {
      this.#onLog?.(`The agent sent an unknown message: ${JSON.stringify(message)?.slice(0, 200)}`);
      return;
    }
    if (outsideOrders.has(message.type)) {
      if (!this.#outside.take(message))
        this.#onLog?.(`The agent asked for something outside that its lab does not say: ${message.type}.`);
      return;
    }
    if (message.type === 'fatal') this.#fatal = message;
    if (message.type === 'ready' && this.#agent === null) {
      this.#agent = this.#makeAgent(message);
      this.#onReady(message);
    } else {
      this.#agent?.deliver(message);
    }
  }

  async #placeOf(namespace: string): Promise<GuardPlace | null> {
    const { pid } = this.#child;
    if (pid === undefined) return null;
    const init = this.#initPid ?? (await findInit(pid));
    const inode = this.#outerUserInode;
    if (init === null || inode === null) return null;
    return { network: `/proc/${init}/root/run/netns/${namespace}`, user: { path: outerUserOf(pid), inode } };
  }

  /** The connection goes to the agent as it is, unix(7), SCM_RIGHTS: it connects it inside. One at a time: the next when it has taken the last. */
  #handIn({ namespace, port }: PublishWish, socket: Socket): void {
    const message: ToAgent = { type: 'published-connection', namespace, port };
    if (!this.#child.connected || this.#visitors.size >= mostVisitors) {
      socket.destroy();
      return;
    }
    this.#visitors.add(socket);
    this.#child.send(message, socket, (error) => {
      this.#visitors.delete(socket);
      if (error !== null) socket.destroy();
    });
  }

  /** The agent will not take them any more. */
  #turnAway(): void {
    for (const socket of this.#visitors) socket.destroy();
    this.#visitors.clear();
  }

  #makeAgent(ready: Ready): AgentProcess | null {
    const { pid } = this.#child;
    if (pid === undefined) return null;
    const agent = new AgentProcess({ child: this.#child, pid, ready, end: () => this.#end() });
    void this.#exited.then((exit) => agent.ended(exit));
    return agent;
  }

  /** Resolves once the process has ended, its last messages have been read, and everything in its sandbox is gone. */
  #watchExit(): Promise<AgentExit> {
    return new Promise((resolve) => {
      let spawnFailure = '';
      const finish = async (code: number | null, signal: NodeJS.Signals | null) => {
        // Should pid 1 have been forked in the very moment its parent was killed, the closed line ends its agent. Not earlier: a line that
        // we close ourselves keeps Node from ever saying `close`.
        if (this.#child.connected) this.#child.disconnect();
        if (this.#initPid !== null) await initIsGone(this.#initPid);
        this.#turnAway();
        await this.#outside.endAll();
        await this.#identity?.release();
        const lastWords = spawnFailure === '' ? this.#lastWords.text : spawnFailure;
        resolve(describeExit({ code, signal, killedByUs: this.#killedByUs, fatal: this.#fatal, lastWords }));
      };
      let end: [number | null, NodeJS.Signals | null] | null = null;
      let finished = false;
      let patience: NodeJS.Timeout | undefined;
      const finishOnce = () => {
        if (finished) return;
        finished = true;
        clearTimeout(patience);
        void finish(...(end ?? [null, null]));
      };
      this.#child.once('error', (error) => {
        spawnFailure = error.message;
        // Without a pid there was no process, and no exit event will come.
        if (this.#child.pid === undefined) finishOnce();
      });
      this.#child.once('exit', (code, signal) => {
        end = [code, signal];
        patience = setTimeout(finishOnce, lastMessagesMs);
      });
      this.#child.once('close', (code, signal) => {
        end ??= [code, signal];
        finishOnce();
      });
    });
  }

  async #end(): Promise<void> {
    this.#killedByUs = true;
    const pid = this.#child.pid;
    if (pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#initPid ??= await findInit(pid);
      this.#child.kill('SIGKILL');
    }
    await this.#exited;
  }

  /** Why there never was an agent: the machine's fault, told with its remedy, or the agent's own. */
  async #explainFailedStart(exit: AgentExit): Promise<SandboxError> {
    if (exit.fatal !== null) return new SandboxError(exit.fatal);
    const machine = await checkMachine();
    if (!machine.ok) return new SandboxError(machine);
    return new SandboxError({
      code: 'sandbox.agent-failed',
      reason: exit.reason,
      remedy: 'Build everything again with npm run build; if it stays, this is a fault in Vethlab.',
    });
  }
}

/** Null: there is none. That of an agent which is no sandbox of ours (in tests), or is confined. */
async function inodeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ ino }) => ino,
    () => null,
  );
}
