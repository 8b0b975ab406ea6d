import type { ObservedWayOut } from '@vethlab/observed';
import { type RulesChain, WAY_OUT_TABLE, type WayOutWish, wayOutChains } from '@vethlab/planner';
import type { OutsideNews, OutsideOrder } from '@vethlab/protocol';
import { UPLINK } from '@vethlab/topology';
import type { LabNamespace } from '../kernel/namespaces.js';

/** From the start of the process to an interface with addresses: 50 ms on an idle machine. */
const appearsWithinMs = 10_000;
const lookEveryMs = 10;

interface Opened extends ObservedWayOut {
  /** Settles when its process has ended, with the reason. */
  readonly ended: Promise<string>;
}

/**
 * The ways out of the lab's internet nodes. Their processes run outside of the sandbox, where the machine's network is: this is who asks for them,
 * and who knows which namespaces have one. Keyed by inode: a namespace may be renamed.
 */
export class WaysOut {
  readonly #send: (order: OutsideOrder) => void;
  readonly #onEnded: (inode: number, reason: string) => void;
  readonly #open = new Map<string, Opened>();
  readonly #waiting = new Map<string, (problem: string | null) => void>();
  readonly #enders = new Map<string, (reason: string) => void>();

  /** `onEnded`: a way out that was open is gone, and nobody here wanted that. */
  constructor(send: (order: OutsideOrder) => void, onEnded: (inode: number, reason: string) => void) {
    this.#send = send;
    this.#onEnded = onEnded;
  }

  /** What is open in the namespace with this inode. */
  of(inode: number): ObservedWayOut | undefined {
    const opened = this.#open.get(String(inode));
    return opened === undefined ? undefined : { subnet: opened.subnet, hostPorts: opened.hostPorts };
  }

  /** Resolves when the interface is there with its addresses. @throws Error in one sentence, why there is none */
  async open(namespace: LabNamespace, { subnet, hostPorts }: WayOutWish): Promise<void> {
    const key = String(namespace.inode);
    await this.#close(key, namespace);
    // That of one that ended by itself goes with the namespace at its other end, a moment later.
    if (uplinkIn(namespace)?.alias === WAY_OUT_TABLE) await untilGone(namespace);
    setRules(namespace, wayOutChains);
    let endWith: (reason: string) => void = () => undefined;
    const ended = new Promise<string>((resolve) => {
      endWith = resolve;
    });
    const started = new Promise<string | null>((resolve) =>
      this.#waiting.set(key, (problem) => {
        // From now on: an end that is told earlier is that of the one before.
        this.#enders.set(key, endWith);
        resolve(problem);
      }),
    );
    this.#send({
      type: 'way-out-start',
      key,
      namespace: namespace.name as WayOutWish['namespace'],
      subnet,
      hostPorts,
    });
    const problem = (await started) ?? (await Promise.race([ended, untilThere(namespace)]));
    this.#waiting.delete(key);
    if (problem !== null) {
      // Its process may run all the same, and would outlive the namespace.
      this.#send({ type: 'way-out-end', key });
      throw new Error(problem);
    }
    this.#open.set(key, { subnet, hostPorts, ended });
    void ended.then((reason) => {
      if (this.#open.get(key)?.ended !== ended) return;
      this.#open.delete(key);
      this.#onEnded(namespace.inode, reason);
    });
  }

  /** Takes the way out away, with its interface and its rules. */
  async close(namespace: LabNamespace): Promise<void> {
    await this.#close(String(namespace.inode), namespace);
    setRules(namespace, []);
  }

  /** Without waiting: the namespace is about to go. */
  letGo(inode: number): void {
    const key = String(inode);
    if (!this.#open.delete(key)) return;
    this.#send({ type: 'way-out-end', key });
  }

  /** Ends those of namespaces that somebody removed in a terminal: their processes are outside, and would go on. `isThere`: by inode. */
  letGoOfGone(isThere: (inode: number) => boolean): void {
    for (const key of [...this.#open.keys()]) if (!isThere(Number(key))) this.letGo(Number(key));
  }

  /** What is said from outside. */
  take(news: Extract<OutsideNews, { readonly type: 'way-out-started' | 'way-out-ended' }>): void {
    if (news.type === 'way-out-started') this.#waiting.get(news.key)?.(news.problem);
    else {
      this.#enders.get(news.key)?.(news.reason);
      this.#enders.delete(news.key);
    }
  }

  async #close(key: string, namespace: LabNamespace): Promise<void> {
    const opened = this.#open.get(key);
    if (opened === undefined) return;
    this.#open.delete(key);
    this.#send({ type: 'way-out-end', key });
    await opened.ended;
    await untilGone(namespace);
  }
}

/** Null once the interface has its alias, which is the last that its makers give it; otherwise why it has not. */
async function untilThere(namespace: LabNamespace): Promise<string | null> {
  const deadline = performance.now() + appearsWithinMs;
  while (performance.now() < deadline) {
    if (uplinkIn(namespace)?.alias === WAY_OUT_TABLE) return null;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  return `The way out did not come up within ${appearsWithinMs / 1000} s.`;
}

async function untilGone(namespace: LabNamespace): Promise<void> {
  const deadline = performance.now() + appearsWithinMs;
  while (uplinkIn(namespace) !== undefined && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

function uplinkIn(namespace: LabNamespace) {
  return namespace.socket.links().find(({ ifname }) => ifname === UPLINK);
}

/** Replaces the table of the way out as a whole: one transaction. Without chains there is no table. @throws NetlinkError that names the rule */
function setRules({ tables }: LabNamespace, chains: readonly RulesChain[]): void {
  const answer = tables.set(chains, WAY_OUT_TABLE);
  if (!answer.ok) throw answer.error;
}
