import type {
  CommandNews,
  CommandOrder,
  CommandRef,
  CommandStatus,
  CommandsView,
  WaitingCommand,
} from '@vethlab/protocol';
import {
  commandEntries,
  commandKey,
  type Edit,
  nodeEntries,
  type Program,
  type Topology,
  type TopologyDiff,
} from '@vethlab/topology';
import type { Announcement } from '../labs/audience.js';
import type { ConsentRecord } from './consent-record.js';
import { programsAgreedTo } from './programs-agreed-to.js';

export interface CommandsOwner {
  readonly topology: () => Topology;
  readonly tell: (order: CommandOrder) => boolean;
  readonly announce: (announcement: Announcement) => void;
}

/** The commands of one lab as the server knows them: what the agent says they do, and which of them wait for consent. */
export class LabCommands {
  readonly #owner: CommandsOwner;
  readonly #record: ConsentRecord;
  readonly #statuses = new Map<string, CommandStatus>();
  #waiting: readonly WaitingCommand[] | null = null;

  constructor(owner: CommandsOwner, record: ConsentRecord) {
    this.#owner = owner;
    this.#record = record;
  }

  view(): CommandsView {
    return { statuses: [...this.#statuses.values()], waiting: this.waiting };
  }

  /** Commands of the document that nobody has agreed to. */
  get waiting(): readonly WaitingCommand[] {
    this.#waiting ??= waitingIn(this.#owner.topology(), this.#record);
    return this.#waiting;
  }

  /**
   * A person makes this edit, by which so much changes; to be called before it is carried out, so that the agent knows before it starts
   * anything. What waits at this moment goes on waiting, in whatever VRF: a copy of it, or a form that sends the whole command again, is
   * no word about its arguments.
   */
  agreedBy(edit: Edit, diff: TopologyDiff): void {
    const asked = new Set(this.waiting.map(({ run }) => commandKey({ run })));
    const agreed = programsAgreedTo(edit, diff, (program) => this.#record.has(commandKey(program)));
    this.allow(agreed.filter(({ run }) => !asked.has(commandKey({ run }))));
  }

  allow(programs: Iterable<Program>): void {
    if (!this.#record.add([...programs].map(commandKey))) return;
    this.#tellAllowed();
    this.#look();
  }

  /** A copy may run what the lab it was made of may run. */
  allowAsIn(other: LabCommands): void {
    if (this.#record.add(other.#record.keys())) this.#tellAllowed();
    this.#look();
  }

  /** A new agent takes messages; it allows nothing by itself. */
  agentReady(): void {
    this.#tellAllowed();
  }

  documentChanged(diff: TopologyDiff): void {
    const isTouched =
      diff.changes.some(({ record }) => record === 'command') ||
      (this.waiting.length > 0 && diff.renames.some(({ object }) => object === 'node'));
    if (isTouched) this.#look();
  }

  take(news: CommandNews): void {
    for (const ref of news.gone) this.#statuses.delete(keyOf(ref));
    for (const status of news.statuses) this.#statuses.set(keyOf(status), status);
    this.#owner.announce({ type: 'commands', statuses: news.statuses, gone: news.gone });
  }

  sandboxGone(): void {
    const gone = [...this.#statuses.values()].map(({ node, name }) => ({ node, name }));
    this.#statuses.clear();
    if (gone.length > 0) this.#owner.announce({ type: 'commands', statuses: [], gone });
  }

  /** The lab is no more. */
  remove(): void {
    this.#record.remove();
  }

  #tellAllowed(): void {
    this.#owner.tell({ type: 'allow-commands', keys: this.#record.keys() });
  }

  #look(): void {
    const before = JSON.stringify(this.#waiting ?? []);
    this.#waiting = null;
    const { waiting } = this;
    if (JSON.stringify(waiting) !== before) this.#owner.announce({ type: 'consent', waiting });
  }
}

function waitingIn(topology: Topology, record: ConsentRecord): readonly WaitingCommand[] {
  return nodeEntries(topology).flatMap(([node, value]) =>
    value.commands === undefined
      ? []
      : commandEntries(value)
          .filter(([, command]) => !record.has(commandKey(command)))
          .map(([name, { run, vrf }]) => ({ node, name, run, ...(vrf === undefined ? {} : { vrf }) })),
  );
}

function keyOf({ node, name }: CommandRef): string {
  return `${node}:${name}`;
}
