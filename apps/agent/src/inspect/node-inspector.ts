import type { LiveNews, LivePieces, LiveReading, LiveWish } from '@vethlab/protocol';
import type { LabNamespace, LabNamespaces } from '../kernel/namespaces.js';
import { Slices } from '../timing/slices.js';
import { readFirewall, stampOfNoRules } from './firewall/read-firewall.js';
import { LookContext } from './look-context.js';
import { type QuickSection, readSection, type SectionTools } from './read-section.js';
import { CounterReader } from './sections/counters.js';
import type { PeerLookup } from './sections/interfaces.js';
import { SocketOwners } from './sockets/socket-owners.js';
import { WatchedNamespace } from './watched-namespace.js';

/** A little under a second, so that a change is on the screen within one. */
const everyMs = 900;
/** nft is a process for every reading. */
const firewallEveryMs = 2_500;
/** A reading that costs much is followed by a pause this many times as long: with nft beside it under 5 % of a core, whatever the node is like. */
const pausePerWork = 30;
/** A sign from the kernel brings the next reading forward, but not closer than this to the last one. */
const hintGapMs = 150;

/** Reads the namespaces that somebody looks at, once a second, and tells what changed. Nothing runs while nobody looks. */
export class NodeInspector {
  readonly #namespaces: LabNamespaces;
  readonly #tell: (news: LiveNews) => void;
  readonly #onFault: (error: unknown) => void;
  readonly #tools: SectionTools;
  readonly #watched = new Map<string, WatchedNamespace>();
  readonly #inodes = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;
  #round: Promise<void> | null = null;
  #again = false;
  /** On the monotonic clock: not before this, for the sake of the budget. */
  #notBefore = 0;

  /** @param onFault is told of faults of ours; what cannot be read is told to whoever looks */
  constructor(
    namespaces: LabNamespaces,
    peerOf: PeerLookup,
    tell: (news: LiveNews) => void,
    onFault: (error: unknown) => void,
  ) {
    this.#namespaces = namespaces;
    this.#tell = tell;
    this.#onFault = onFault;
    this.#tools = { peerOf, counters: new CounterReader(), owners: new SocketOwners() };
  }

  /** Everything that is looked at from now on. What is new is read at once. */
  watch(wishes: readonly LiveWish[]): void {
    const wanted = new Map(wishes.map((wish) => [wish.node, wish]));
    for (const name of this.#watched.keys()) if (!wanted.has(name)) this.#leave(name);
    let isNew = false;
    for (const { node, sections } of wanted.values()) {
      const watched = this.#watched.get(node) ?? new WatchedNamespace(node);
      this.#watched.set(node, watched);
      isNew = watched.want(sections) || isNew;
    }
    if (this.#watched.size === 0) this.#stop();
    // Also for somebody who opens and closes sections all the time there is a pause between two readings.
    else if (isNew || this.#timer === null) this.#soon(Math.max(0, this.#notBefore - performance.now()));
  }

  /** Something changed in these namespaces (null: anywhere, or the names themselves): what is looked at is read again soon. */
  hint(names: Iterable<string> | null): void {
    if (this.#watched.size === 0) return;
    for (const name of names ?? this.#watched.keys()) {
      if (!this.#watched.has(name)) continue;
      this.#soon(Math.max(0, this.#notBefore - performance.now()));
      return;
    }
  }

  /** One reading, for whoever asks once. */
  async look({ node, sections }: LiveWish): Promise<LiveReading> {
    const namespace = this.#namespaces.place(node);
    if (namespace === undefined) return { node, present: false, pieces: {} };
    const tools: SectionTools = { ...this.#tools, counters: new CounterReader() };
    const quick = sections.filter((section): section is QuickSection => section !== 'firewall');
    const pieces = await this.#read(namespace, quick, tools);
    if (!sections.includes('firewall')) return { node, present: true, pieces };
    return { node, present: true, pieces: { ...pieces, firewall: await readFirewall(namespace) } };
  }

  #soon(ms: number): void {
    if (this.#round !== null) {
      this.#again = true;
      return;
    }
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#round = this.#readAll()
        .catch(this.#onFault)
        .finally(() => {
          this.#round = null;
          if (this.#watched.size > 0) this.#next();
        });
    }, ms);
  }

  #next(): void {
    const again = this.#again;
    this.#again = false;
    const least = Math.max(0, this.#notBefore - performance.now());
    this.#soon(again ? least : Math.max(everyMs, least));
  }

  #stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #leave(name: string): void {
    this.#watched.delete(name);
    this.#inodes.delete(name);
    const namespace = this.#namespaces.place(name);
    // Rates are over the time that somebody looked.
    if (namespace !== undefined) this.#tools.counters.forget(namespace);
  }

  async #readAll(): Promise<void> {
    const [startedAt, before] = [performance.now(), process.cpuUsage()];
    for (const watched of [...this.#watched.values()]) await this.#readOne(watched);
    // Not the time on the clock: on a machine that is busy elsewhere, whoever looks would be made to wait for that as well.
    const { user, system } = process.cpuUsage(before);
    // What else this process did beside it counts at most as if it had waited for that.
    const workMs = Math.min((user + system) / 1000, performance.now() - startedAt);
    this.#notBefore = performance.now() + Math.max(hintGapMs, workMs * pausePerWork);
  }

  async #readOne(watched: WatchedNamespace): Promise<void> {
    const { name } = watched;
    const namespace = this.#namespaces.place(name);
    if (namespace?.inode !== this.#inodes.get(name)) watched.forget();
    if (namespace === undefined) {
      this.#inodes.delete(name);
      if (watched.present !== false) this.#say(watched, false, {});
      return;
    }
    this.#inodes.set(name, namespace.inode);
    if (watched.sections.has('firewall')) this.#readFirewallOf(watched, namespace);
    const quick = [...watched.sections].filter((section): section is QuickSection => section !== 'firewall');
    const pieces = await this.#read(namespace, quick, this.#tools);
    if (this.#watched.get(name) !== watched) return;
    const news = watched.news(pieces);
    if (Object.keys(news).length > 0 || watched.present !== true) this.#say(watched, true, news);
  }

  async #read(namespace: LabNamespace, sections: readonly QuickSection[], tools: SectionTools): Promise<LivePieces> {
    const look = new LookContext(namespace);
    const slices = new Slices();
    const pieces: LivePieces[] = [];
    for (const section of sections) {
      pieces.push(readSection(section, look, tools));
      await slices.turn();
      // Somebody may have removed the namespace meanwhile, and its socket is closed.
      if (this.#namespaces.place(namespace.name) !== namespace) break;
    }
    return Object.assign({}, ...pieces) as LivePieces;
  }

  /** In the background: the other sections do not wait for a process. */
  #readFirewallOf(watched: WatchedNamespace, namespace: LabNamespace): void {
    const now = performance.now();
    if (watched.firewallUnderWay || now < watched.firewallDue) return;
    const stamp = stampOfNoRules(namespace);
    if (stamp !== null && stamp === watched.noRulesAt) return;
    watched.firewallUnderWay = true;
    void readFirewall(namespace)
      .then((firewall) => {
        if (this.#watched.get(watched.name) !== watched) return;
        if (this.#namespaces.place(watched.name) !== namespace) return;
        watched.noRulesAt = firewall.tables.length === 0 && firewall.problem === null ? stamp : null;
        const news = watched.news({ firewall });
        if (news.firewall !== undefined) this.#say(watched, true, news);
      })
      .catch(this.#onFault)
      .finally(() => {
        watched.firewallUnderWay = false;
        watched.firewallDue = performance.now() + firewallEveryMs;
      });
  }

  #say(watched: WatchedNamespace, present: boolean, pieces: LivePieces): void {
    watched.present = present;
    this.#tell({ type: 'live', node: watched.name, present, pieces });
  }
}
