import { type Request, type RtnetlinkSocket, writeSysctl } from '@vethlab/netlink';
import type { Operation, Step } from '@vethlab/planner';
import type { Ifindexes } from '../kernel/ifindexes.js';
import type { LabNamespace, LabNamespaces } from '../kernel/namespaces.js';
import { killProcessesInNamespaces } from '../kernel/processes.js';
import { skipDad } from '../kernel/skip-dad.js';
import type { WaysOut } from '../outside/ways-out.js';
import { Slices } from '../timing/slices.js';
import { encode, isNetlinkOperation, MissingPlace } from './encode.js';
import { groupSteps, type StepGroup } from './groups.js';
import { markMade } from './mark-made.js';
import { type ApplyOutcome, done, outcomeOfError, type StepOutcome } from './outcome.js';
import { runTogether } from './run-together.js';

/** The kernel's clean-up was seen to take 15 to 60 ms; far longer means that something else holds the namespace. */
const vanishDeadlineMs = 2000;
const vanishPollMs = 2;

/** Tests force an error at a chosen step: return what the kernel shall have said. */
export type Fault = (step: Step) => Error | null;

/** An interface as the kernel knows it. */
export interface InterfaceIndex {
  readonly namespace: string;
  readonly ifindex: number;
}

export interface ExecutorOptions {
  readonly namespaces: LabNamespaces;
  readonly ifindexes: Ifindexes;
  readonly waysOut: WaysOut;
  readonly onProgress: (done: number, total: number) => void;
  /** Lets go of what others hold open in a namespace that is about to be removed: an open socket would keep it alive. */
  readonly beforeRemoval: (namespace: string) => void;
  /** The other ends of the veth pairs of a namespace, as last seen. */
  readonly peersOf: (namespace: string) => readonly InterfaceIndex[];
  /** Throws when something in the namespace is not ours to remove. */
  readonly mayRemove?: (namespace: LabNamespace) => void;
  /** Alias that every interface is given, right after it is made. */
  readonly mark?: string;
  readonly fault?: Fault;
  /** True once the person gave up: what has not begun is skipped. */
  readonly cancelled?: () => boolean;
}

/** Carries out a plan, in its order. A failed step stops only what depends on it. Never throws for what the kernel refuses. */
export async function execute(steps: readonly Step[], options: ExecutorOptions): Promise<ApplyOutcome> {
  const run = new Execution(steps, options);
  return run.run();
}

class Execution {
  readonly #steps: readonly Step[];
  readonly #options: ExecutorOptions;
  readonly #outcomes = new Map<Step, StepOutcome>();
  /** Failed or skipped steps by id, for those that depend on them. */
  readonly #broken = new Set<string>();
  readonly #slices = new Slices();
  /** Interfaces that go with the namespaces removed so far. */
  readonly #vanishing: InterfaceIndex[] = [];
  #operations = 0;

  constructor(steps: readonly Step[], options: ExecutorOptions) {
    this.#steps = steps;
    this.#options = options;
  }

  async run(): Promise<ApplyOutcome> {
    const startedAt = performance.now();
    let together: StepGroup[] = [];
    const run = (group: StepGroup) => this.#runGroup(group);
    const groups = groupSteps(this.#steps);
    await this.#slices.turn();
    for (const group of groups) {
      if (group.independent) {
        together.push(group);
        continue;
      }
      // What removes or renames reaches beyond its own place: everything before it is done first, everything after it later.
      await runTogether(together, run, this.#slices);
      together = [];
      await this.#runGroup(group);
    }
    await runTogether(together, run, this.#slices);
    return { outcomes: this.#outcomes, operations: this.#operations, ms: performance.now() - startedAt };
  }

  async #runGroup(group: StepGroup): Promise<void> {
    if (group.place.kind === 'outside') {
      for (const step of group.steps) await this.#changeOutside(step);
      return;
    }
    if (group.place.kind === 'files') {
      for (const step of group.steps) {
        if (this.#mayTry(step)) {
          this.#settle(
            step,
            this.#attempt(step, () => {
              if (step.operation.op === 'remove-namespace') this.#emptyNamespace(step.operation.namespace);
              this.#changeFiles(step.operation);
            }),
          );
        }
        await this.#slices.turn();
      }
      await this.#untilPeersAreGone();
      return;
    }
    const socket =
      group.place.kind === 'root'
        ? this.#options.namespaces.root
        : this.#options.namespaces.get(group.place.name)?.socket;
    await this.#send(socket, group);
    await this.#slices.turn();
  }

  async #send(socket: RtnetlinkSocket | undefined, group: StepGroup): Promise<void> {
    const tried: Step[] = [];
    const requests: Request[] = [];
    for (const step of group.steps) {
      if (!this.#mayTry(step) || !isNetlinkOperation(step.operation)) continue;
      const { operation } = step;
      const outcome = this.#attempt(step, () => {
        if (socket === undefined) throw new MissingPlace(`There is no namespace for ${step.object}.`);
        requests.push(encode(operation, this.#options.namespaces, this.#options.ifindexes));
        tried.push(step);
      });
      if (outcome.kind !== 'done') this.#settle(step, outcome);
    }
    if (socket === undefined || requests.length === 0) return;
    const answers = await socket.batch(requests);
    for (const [index, step] of tried.entries()) {
      const answer = answers[index];
      const failedFirst = step.dependsOn.find((id) => this.#broken.has(id));
      if (answer?.ok) this.#settle(step, done);
      else if (failedFirst !== undefined) this.#settle(step, { kind: 'skipped', because: failedFirst });
      else this.#settle(step, outcomeOfError(step, answer?.error));
    }
    const { mark } = this.#options;
    if (mark !== undefined) await markMade(tried, mark, this.#outcomes, this.#options);
  }

  async #changeOutside(step: Step): Promise<void> {
    if (!this.#mayTry(step)) return;
    const { operation } = step;
    const tried = this.#attempt(step, () => undefined);
    if (tried.kind !== 'done') return this.#settle(step, tried);
    try {
      if (operation.op !== 'open-way-out' && operation.op !== 'close-way-out')
        throw new Error(`${operation.op} does not reach outside.`);
      const { namespaces, waysOut } = this.#options;
      const namespace = namespaces.get(operation.namespace);
      if (namespace === undefined) throw new MissingPlace(`There is no namespace ${operation.namespace}.`);
      await (operation.op === 'open-way-out' ? waysOut.open(namespace, operation) : waysOut.close(namespace));
      this.#settle(step, done);
    } catch (error) {
      this.#settle(step, outcomeOfError(step, error));
    }
  }

  #mayTry(step: Step): boolean {
    const because = step.dependsOn.find((id) => this.#broken.has(id));
    if (because !== undefined) this.#settle(step, { kind: 'skipped', because });
    else if (this.#options.cancelled?.())
      this.#settle(step, { kind: 'failed', errno: 'ECANCELED', message: 'Cancelled.' });
    return !this.#outcomes.has(step);
  }

  #attempt(step: Step, work: () => void): StepOutcome {
    try {
      const fault = this.#options.fault?.(step);
      if (fault) throw fault;
      work();
      return done;
    } catch (error) {
      return outcomeOfError(step, error);
    }
  }

  #settle(step: Step, outcome: StepOutcome): void {
    this.#outcomes.set(step, outcome);
    if (outcome.kind !== 'skipped') this.#operations += 1;
    if (outcome.kind === 'done') this.#remember(step.operation);
    else this.#broken.add(step.id);
    this.#options.onProgress(this.#outcomes.size, this.#steps.length);
  }

  #changeFiles(operation: Operation): void {
    const { namespaces } = this.#options;
    switch (operation.op) {
      case 'add-namespace':
        namespaces.create(operation.namespace);
        return;
      case 'rename-namespace':
        namespaces.rename(operation.namespace, operation.to);
        return;
      case 'remove-namespace':
        if (namespaces.get(operation.namespace) === undefined)
          throw new MissingPlace(`There is no namespace ${operation.namespace}.`);
        namespaces.remove(operation.namespace);
        return;
      case 'skip-dad': {
        const namespace = namespaces.get(operation.namespace);
        if (namespace === undefined) throw new MissingPlace(`There is no namespace ${operation.namespace}.`);
        skipDad(namespace.handle, operation.ifnames);
        return;
      }
      case 'set-forwarding': {
        const namespace = namespaces.get(operation.namespace);
        if (namespace === undefined) throw new MissingPlace(`There is no namespace ${operation.namespace}.`);
        const key = operation.family === 4 ? 'net.ipv4.ip_forward' : 'net.ipv6.conf.all.forwarding';
        writeSysctl(namespace.handle, key, operation.enabled ? '1' : '0');
        return;
      }
      case 'set-rules':
      case 'remove-table': {
        const namespace = namespaces.get(operation.namespace);
        if (namespace === undefined) throw new MissingPlace(`There is no namespace ${operation.namespace}.`);
        const { tables } = namespace;
        const answer =
          operation.op === 'set-rules'
            ? tables.set(operation.chains)
            : tables.remove(operation.family, operation.table);
        if (!answer.ok) throw answer.error;
        return;
      }
      default:
        throw new Error(`${operation.op} is not an operation on files.`);
    }
  }

  /** Ends the processes inside and lets go of what we hold open: otherwise the namespace would live on without a name. */
  #emptyNamespace(name: string): void {
    const namespace = this.#options.namespaces.get(name);
    if (namespace === undefined) return;
    this.#options.mayRemove?.(namespace);
    this.#options.beforeRemoval(name);
    killProcessesInNamespaces(new Set([namespace.inode]));
    this.#vanishing.push(...this.#options.peersOf(name));
  }

  /**
   * The kernel frees a namespace some 20 ms after its name went, many at once as fast as one; deleting the pairs ourselves would
   * take that long for each. Until it has, their other ends are still there, and in the way of new interfaces of the same name.
   */
  async #untilPeersAreGone(): Promise<void> {
    const deadline = performance.now() + vanishDeadlineMs;
    let waiting = this.#vanishing.splice(0);
    while (waiting.length > 0 && performance.now() < deadline) {
      waiting = waiting.filter(({ namespace, ifindex }) => {
        const socket = this.#options.namespaces.get(namespace)?.socket;
        return socket !== undefined && socket.links({ ifindex }).length > 0;
      });
      if (waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, vanishPollMs));
    }
  }

  #remember(operation: Operation): void {
    const { ifindexes } = this.#options;
    if (operation.op === 'rename-namespace') ifindexes.renameNamespace(operation.namespace, operation.to);
    else if (operation.op === 'remove-namespace') ifindexes.forgetNamespace(operation.namespace);
    else if (operation.op === 'rename-interface')
      ifindexes.renameInterface(operation.namespace, operation.ifname, operation.to);
    else if (operation.op === 'remove-interface') ifindexes.forgetInterface(operation.namespace, operation.ifname);
  }
}
