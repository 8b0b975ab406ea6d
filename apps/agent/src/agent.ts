import type { Socket } from 'node:net';
import { join } from 'node:path';
import { Poller } from '@vethlab/netlink';
import { beyondOf } from '@vethlab/observed';
import { adoptionOf, type Scope } from '@vethlab/planner';
import type { ApplyReport, ToAgent } from '@vethlab/protocol';
import { emptyTopology, type TopologyDiff } from '@vethlab/topology';
import type { Channel } from './channel/channel.js';
import { runCommand } from './commands/run-command.js';
import { Rates } from './counters/rates.js';
import { Features } from './features/features.js';
import { Figures } from './figures.js';
import type { LoopOrders } from './host/host-gate.js';
import type { Runtime } from './host/runtime.js';
import { beyondDocument } from './import/beyond-document.js';
import { runScript } from './import/run-script.js';
import { NodeInspector } from './inspect/node-inspector.js';
import { Ifindexes } from './kernel/ifindexes.js';
import { LabNamespaces } from './kernel/namespaces.js';
import { DriftBoard } from './lab/drift.js';
import { hasInterface } from './lab/has-interface.js';
import { LabLoop } from './lab/lab-loop.js';
import { failedReport } from './lab/report.js';
import { memoryBudget } from './memory/memory-budget.js';
import { MemoryWatch } from './memory/memory-watch.js';
import { Observer } from './observe/observer.js';
import { ReadList } from './observe/read-list.js';
import { KernelWatch, type Signs } from './observe/watch.js';
import { LabOutside } from './outside/lab-outside.js';
import { EchoLines } from './pings/echo-lines.js';
import { Probes } from './pings/probes.js';
import { reach } from './pings/reach.js';
import { CommandSupervisor } from './processes/command-supervisor.js';
import { listProcesses, signalProcess } from './processes/node-processes.js';
import { Terminals } from './terminals/terminals.js';

/** The id by which a running apply is cancelled; other ids are those of requests. */
const applyCancelId = 'apply';

/** No name of a namespace came or went. */
const nothingNew = { names: new Set<string>(), everything: false, others: false };

/** One lab's kernel side, driven by messages. */
export class Agent {
  readonly #channel: Channel;
  readonly #poller = new Poller();
  readonly #namespaces: LabNamespaces;
  readonly #outside: LabOutside;
  readonly #observer: Observer;
  readonly #watch: KernelWatch;
  readonly #loop: LabLoop;
  /** The loop, or what stands before it. */
  readonly #orders: LoopOrders;
  readonly #lines: EchoLines;
  readonly #probes: Probes;
  readonly #rates: Rates;
  readonly #drift: DriftBoard;
  readonly #inspector: NodeInspector;
  readonly #terminals: Terminals;
  readonly #commands: CommandSupervisor;
  readonly #features: Features;
  readonly #figures = new Figures();
  readonly #reaching = new Set<string>();
  readonly #cancelled = new Set<string>();

  constructor(channel: Channel, runtime: Runtime) {
    this.#channel = channel;
    this.#namespaces = new LabNamespaces(runtime.keeper, runtime.kind === 'sandbox');
    this.#outside = new LabOutside({
      namespaces: this.#namespaces,
      nameServers: runtime.nameServers,
      reach: runtime.outside(channel, (message, connection) => void this.handle(message, connection)),
      onChange: (names) => this.#lookAgain({ ...nothingNew, list: ReadList.whole(names) }),
      onLost: (name, reason) => this.#wayOutLost(name, reason),
      reopen: (name) => this.#loop.reopenWayOut(name),
      onReopened: (report) => this.#applied(report),
      complain: (what) => channel.send({ type: 'log', level: 'error', message: what }),
    });
    this.#observer = new Observer(this.#namespaces, this.#outside, (delta) => {
      channel.send({ type: 'observed', delta });
      this.#watch.note(delta);
    });
    this.#lines = new EchoLines(this.#namespaces, this.#poller);
    this.#probes = new Probes(this.#lines, (samples) => channel.send({ type: 'probes', samples }));
    this.#rates = new Rates(
      this.#namespaces,
      (namespace, ifindex) => this.#observer.ifnameOf(namespace, ifindex),
      (rates) => channel.send({ type: 'rates', rates }),
    );
    this.#features = new Features((features) => channel.send({ type: 'features', features }), runtime.wayOutLack);
    this.#watch = new KernelWatch({
      namespaces: this.#namespaces,
      poller: this.#poller,
      onSigns: (signs) => this.#lookAgain(signs),
      isInDocument: (name, ifname) => hasInterface(this.#loop.topology, name, ifname),
      hasBeyond: (name) => beyondOf(this.#observer.observed, name).length > 0,
      complain: (what) => channel.send({ type: 'log', level: 'warn', message: what }),
    });
    this.#loop = new LabLoop({
      missingFor: (topology) => this.#features.missingFor(topology),
      namespaces: this.#namespaces,
      ifindexes: new Ifindexes(),
      observer: this.#observer,
      waysOut: this.#outside.waysOut,
      watch: this.#watch,
      beforeRemoval: (name) => {
        this.#lines.closeNamespace(name);
        this.#outside.beforeRemoval(name);
        this.#terminals.beforeRemoval(name);
      },
      onProgress: (progress) => channel.send({ type: 'progress', progress }),
      ...runtime.loopOptions,
    });
    // On a machine that others share, its administrator says what is too much.
    const budget = runtime.kind === 'sandbox' ? memoryBudget() : null;
    this.#orders = runtime.ordersFor(this.#loop, this.#namespaces);
    this.#terminals = new Terminals({
      namespaces: this.#namespaces,
      send: (news) => channel.send(news),
      folder: runtime.folder,
      isSandbox: runtime.kind === 'sandbox',
      mostMemoryBytes: budget,
      boundShell: runtime.boundShell,
      lookForNames: () =>
        this.#loop.lookAgain({ list: new ReadList(), names: 'all', everything: false, others: false }),
    });
    this.#commands = new CommandSupervisor({
      namespaces: this.#namespaces,
      folder: join(runtime.folder, 'commands'),
      isSandbox: runtime.kind === 'sandbox',
      send: (news) => channel.send(news),
      complain: (what) => channel.send({ type: 'log', level: 'error', message: what }),
    });
    if (budget !== null) {
      new MemoryWatch(budget, ({ group, session, text }) => {
        this.#terminals.say(session, text);
        this.#commands.say(group, text);
        channel.send({ type: 'log', level: 'warn', message: text });
      }).start();
    }
    this.#inspector = new NodeInspector(
      this.#namespaces,
      (namespace, ifname) => this.#observer.peerOf(namespace, ifname),
      (news) => channel.send(news),
      (error) => channel.send({ type: 'log', level: 'error', message: `Looking at a node failed: ${String(error)}` }),
    );
    this.#drift = new DriftBoard(
      (scope) => this.#loop.drift(scope),
      (items) => {
        // What differs is told after what is there: who adopts it at once finds it.
        this.#observer.flush();
        channel.send({ type: 'drift', items });
      },
    );
  }

  /** Whether there is a lab to watch over. */
  get hasLab(): boolean {
    return this.#loop.topology !== null;
  }

  /** To a server that has come anew and knows nothing. */
  tellEverything(): void {
    // Their output so far went to the server before, and only that one knew them.
    this.#terminals.closeAll();
    this.#observer.tellEverything();
    this.#features.tellAgain();
    this.#commands.tellEverything();
    this.#drift.tellAgain();
  }

  /** Answers one message. A failure is told to whoever asked; it never ends the agent. */
  async handle(message: ToAgent, connection?: Socket): Promise<void> {
    try {
      await this.#answer(message, connection);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      if ('id' in message) this.#channel.send({ type: 'refused', id: message.id, code: 'agent.failed', detail });
      else this.#channel.send({ type: 'log', level: 'error', message: `${message.type}: ${detail}` });
    }
  }

  async #answer(message: ToAgent, connection: Socket | undefined): Promise<void> {
    const { send } = this.#channel;
    switch (message.type) {
      case 'open':
        this.#commands.expect(null);
        return this.#applied(await this.#orFailed(this.#orders.open(message.topology, message.revision)));
      case 'change':
        this.#commands.expect(message.diff);
        return this.#applied(await this.#orFailed(this.#orders.change(message.diff, message.revision)), message.diff);
      case 'take-over':
        this.#commands.expect(message.diff);
        return this.#applied(await this.#orFailed(this.#orders.takeOver(message.diff, message.revision)), message.diff);
      case 'run-script':
        return this.#runScript(message);
      case 'plan':
        return send({ type: 'plan', id: message.id, steps: await this.#orders.plan(message.diff) });
      case 'repair': {
        const report = await this.#orders.repair(message.items);
        this.#applied(report);
        return send({ type: 'repaired', id: message.id, report });
      }
      case 'reach':
        return this.#reach(message.id, message.family);
      case 'cancel':
        if (message.id === applyCancelId) this.#loop.cancel();
        else if (this.#reaching.has(message.id)) this.#cancelled.add(message.id);
        return;
      case 'watch':
        return this.#rates.watch(message.counters);
      case 'inspect':
        return this.#inspector.watch(message.wishes);
      case 'look':
        return send({ type: 'looked', id: message.id, reading: await this.#inspector.look(message) });
      case 'exec':
        return send({ type: 'exited', id: message.id, exitCode: await runCommand(message) });
      case 'teardown': {
        this.#probes.stop();
        await this.#commands.stopAll();
        const { ms } = await this.#loop.teardown();
        this.#outside.follow(this.#loop.topology, null);
        return send({ type: 'torn-down', id: message.id, ms });
      }
      case 'terminal-open':
        if (message.node !== null) this.#watch.heed(message.node);
        return send(await this.#terminals.open(message));
      case 'terminal-input':
      case 'terminal-resize':
      case 'terminal-ack':
      case 'terminal-close':
        return this.#terminals.take(message);
      case 'allow-commands':
        return this.#commands.allow(message.keys);
      case 'command-act':
        return send({ type: 'command-acted', id: message.id, status: await this.#commands.act(message, message.act) });
      case 'command-log':
        return send({ type: 'command-log-read', id: message.id, log: this.#commands.log(message, message.from) });
      case 'processes': {
        const commandOf = (pgid: number) => this.#commands.commandOfGroup(pgid);
        return send({
          type: 'processes-listed',
          id: message.id,
          list: listProcesses(this.#inodeOf(message.node), commandOf),
        });
      }
      case 'process-signal':
        signalProcess(this.#inodeOf(message.node), message);
        return send({ type: 'process-signalled', id: message.id });
      case 'way-out-lack':
        return this.#features.noteWayOut(message.lack);
      case 'way-out-started':
      case 'way-out-ended':
      case 'published':
      case 'published-connection':
        return this.#outside.take(message, connection);
      case 'figures':
        return send({ type: 'figures', id: message.id, figures: this.#figures.read(this.#rates.lastSweepMs) });
    }
  }

  #inodeOf(node: string): number {
    const namespace = this.#namespaces.get(node);
    if (namespace === undefined) throw new Error(`There is no namespace ${JSON.stringify(node)} in the kernel.`);
    return namespace.inode;
  }

  /** Whoever asked waits for a report: a fault of ours is one too. */
  #orFailed(apply: Promise<ApplyReport>): Promise<ApplyReport> {
    return apply.catch((error: unknown) => {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#channel.send({ type: 'log', level: 'error', message: `The apply broke off: ${detail}` });
      return failedReport(
        this.#loop.revision,
        `The apply broke off: ${error instanceof Error ? error.message : detail}`,
      );
    });
  }

  #applied(report: ApplyReport, diff: TopologyDiff | null = null): void {
    this.#observer.flush();
    this.#channel.send({ type: 'applied', report });
    setImmediate(() => this.#features.find());
    this.#inspector.hint(null);
    this.#updateDrift(this.#loop.takeSeen());
    this.#lines.closeGone();
    this.#terminals.followNames();
    this.#heedCommands();
    this.#commands.follow(this.#loop.topology);
    this.#outside.follow(this.#loop.topology, diff);
    this.#outside.afterApply(report);
    this.#probes.set(this.#loop.topology?.probes ?? []);
  }

  /** What a node's commands do to its namespace is heard from their first line on. */
  #heedCommands(): void {
    for (const [name, { commands }] of Object.entries(this.#loop.topology?.nodes ?? {}))
      if (commands !== undefined) this.#watch.heed(name);
  }

  async #runScript({ id, name, ...order }: Extract<ToAgent, { type: 'run-script' }>): Promise<void> {
    const ran = await runScript(order);
    await this.#loop.lookAtAll();
    this.#observer.flush();
    const { observed } = this.#observer;
    const { topology, leftOut } = adoptionOf({ topology: emptyTopology(name), observed, items: 'all' });
    const beyond = await beyondDocument(observed, (wish) => this.#inspector.look(wish));
    this.#channel.send({ type: 'script-ran', id, report: { ...ran, topology, leftOut: [...leftOut, ...beyond] } });
  }

  async #reach(id: string, family: 4 | 6): Promise<void> {
    const { topology } = this.#loop;
    if (topology === null) throw new Error('No lab is open.');
    this.#reaching.add(id);
    const report = await reach({
      topology,
      family,
      lines: this.#lines,
      namespaces: this.#namespaces,
      indexOf: ({ node, ifname }) => this.#observer.ifindexOf(node, ifname),
      onProgress: (done, total) => this.#channel.send({ type: 'reach-progress', id, done, total }),
      cancelled: () => this.#cancelled.has(id),
    }).finally(() => {
      this.#reaching.delete(id);
      this.#cancelled.delete(id);
    });
    this.#channel.send({ type: 'reach', id, report });
  }

  /** The page sees it go before it comes back. */
  async #wayOutLost(name: string, reason: string): Promise<void> {
    this.#channel.send({ type: 'log', level: 'warn', message: `${name}: ${reason}` });
    await this.#loop.lookAgain({ ...nothingNew, list: ReadList.whole([name]) });
    this.#observer.flush();
  }

  #lookAgain(signs: Signs): void {
    this.#inBackground('Looking again', async () => {
      await this.#loop.lookAgain(signs);
      this.#inspector.hint(signs.names || signs.everything ? null : signs.list.names());
      this.#lines.closeGone();
      this.#terminals.followNames();
      this.#commands.settle();
      this.#updateDrift(this.#loop.takeSeen());
    });
  }

  #updateDrift(scope: Scope): void {
    if (this.#loop.topology === null) return;
    this.#inBackground('Looking for drift', () => this.#drift.update(scope));
  }

  /** Work that nobody waits for: its failure is told in the log. */
  #inBackground(what: string, work: () => Promise<void>): void {
    work().catch((error: unknown) =>
      this.#channel.send({ type: 'log', level: 'error', message: `${what} failed: ${String(error)}` }),
    );
  }
}
