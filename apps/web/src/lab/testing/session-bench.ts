import { emptyObserved } from '@vethlab/observed';
import { type Answer, type Broadcast, type ClientMessage, protocolVersion, type Snapshot } from '@vethlab/protocol';
import { applyEdit, type Edit, type Topology } from '@vethlab/topology';
import { initialLabState } from '../initial-state';
import { LabSession } from '../lab-session';
import type { LabState } from '../lab-state';

type BroadcastBody = Broadcast extends infer Member ? (Member extends Broadcast ? Omit<Member, 'seq'> : never) : never;
type AnswerBody = Answer extends infer Member ? (Member extends Answer ? Omit<Member, 'requestId'> : never) : never;

/** A session with its state, and a hand-driven other side: what it sent is read, what it hears is said. */
export class SessionBench {
  state: LabState = initialLabState;
  readonly sent: ClientMessage[] = [];
  readonly notices: string[] = [];
  online = true;
  #seq = 0;
  #now = 0;
  #ids = 0;
  readonly session = new LabSession({
    send: (message) => {
      if (this.online) this.sent.push(message);
      return this.online;
    },
    get: () => this.state,
    set: (part) => {
      this.state = { ...this.state, ...part };
    },
    notify: (_level, text) => this.notices.push(text),
    newId: () => `r${++this.#ids}`,
    now: () => (this.#now += 10_000),
    clock: () => 0,
  });

  constructor(topology: Topology, revision = 1) {
    this.connect(topology, revision);
  }

  connect(topology: Topology, revision: number): void {
    this.online = true;
    this.session.status('open');
    this.session.receive(this.snapshot(topology, revision), true);
  }

  disconnect(): void {
    this.online = false;
    this.session.status('lost');
  }

  snapshot(topology: Topology, revision: number): Snapshot {
    this.#seq = 0;
    return {
      type: 'snapshot',
      protocol: protocolVersion,
      seq: 0,
      labId: 'test',
      clientId: 'me',
      revision,
      appliedRevision: revision,
      topology,
      diagnostics: [],
      mode: 'live',
      follow: false,
      run: { state: 'running' },
      progress: null,
      observed: emptyObserved,
      drift: [],
      probes: [],
      rates: {},
      lastApply: null,
      features: [],
      terminals: [],
      commands: { statuses: [], waiting: [] },
      clients: 1,
      saveError: null,
    };
  }

  broadcast(body: BroadcastBody): void {
    this.session.receive({ ...body, seq: ++this.#seq } as Broadcast, false);
  }

  answer(requestId: string, body: AnswerBody): void {
    this.session.receive({ ...body, requestId } as Answer, false);
  }

  /** The edit that was sent last. */
  get lastEdit(): Extract<ClientMessage, { readonly type: 'edit' }> {
    const last = this.sent.findLast((message) => message.type === 'edit');
    if (last === undefined) throw new Error('no edit was sent');
    return last;
  }

  /** The last wish to take a revision back, as the edit that it means to a server which knows the revision. */
  get lastRevert(): Extract<ClientMessage, { readonly type: 'revert' }> {
    const last = this.sent.at(-1);
    if (last?.type !== 'revert') throw new Error('no revision was to be taken back');
    return last;
  }

  /** Carries out the last edit as the server does: broadcast and answer, in either order. */
  acceptLast(
    server: Topology,
    revision: number,
    order: 'answer-first' | 'broadcast-first' = 'broadcast-first',
  ): Topology {
    const { requestId, edit } = this.lastEdit;
    return this.accept(server, { requestId, edit, revision, order });
  }

  /** Takes an edit as the server does: broadcast and answer, in either order. */
  accept(
    server: Topology,
    taken: {
      readonly requestId: string;
      readonly edit: Edit;
      readonly revision: number;
      readonly order?: 'answer-first' | 'broadcast-first';
    },
  ): Topology {
    const { requestId, edit, revision, order = 'broadcast-first' } = taken;
    const result = applyEdit(server, edit);
    if (!result.ok) throw new Error('the server refuses');
    const { diff, summary } = result;
    const tell = {
      broadcast: () => this.broadcast({ type: 'document', revision, diff, author: 'me', summary, diagnostics: [] }),
      answer: () =>
        this.answer(requestId, {
          type: 'accepted',
          revision,
          summary,
          warnings: [],
          created: { nodes: result.created.nodes, links: result.created.links },
          diff,
        }),
    };
    if (order === 'broadcast-first') {
      tell.broadcast();
      tell.answer();
    } else {
      tell.answer();
      tell.broadcast();
    }
    return result.topology;
  }

  get nodes(): readonly string[] {
    return Object.keys(this.state.topology?.nodes ?? {});
  }
}
