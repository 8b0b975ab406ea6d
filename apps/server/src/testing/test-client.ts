import type { Answer, Broadcast, ClientMessage, ServerMessage, Snapshot } from '@vethlab/protocol';
import { applyDiff, type Edit, type Topology } from '@vethlab/topology';
import { WebSocket } from 'ws';
import type { TestServer } from './test-server.js';
import { until } from './until.js';

type WithoutId<T> = T extends unknown ? Omit<T, 'requestId'> : never;
export type Asked = WithoutId<Exclude<ClientMessage, { type: 'resync' }>>;

/** A client as the browser is one: follows the stream, mirrors the document, asks for a snapshot when it missed something. */
export class TestClient {
  readonly socket: WebSocket;
  readonly received: ServerMessage[] = [];
  snapshots = 0;
  topology: Topology | null = null;
  revision = 0;
  seq = -1;
  #lastRequest = 0;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => this.#take(JSON.parse(String(data)) as ServerMessage));
  }

  static async open(server: TestServer, id: string): Promise<TestClient> {
    const { ticket } = await server.json<{ ticket: string }>('POST', '/tickets');
    const client = new TestClient(
      new WebSocket(`ws://127.0.0.1:${server.port}/api/v1/labs/${id}/stream?ticket=${ticket}`),
    );
    await until(() => client.topology, 'the snapshot');
    return client;
  }

  send(message: ClientMessage): void {
    this.socket.send(JSON.stringify(message));
  }

  async ask(asked: Asked): Promise<Answer> {
    this.#lastRequest += 1;
    const requestId = `r${this.#lastRequest}`;
    this.send({ ...asked, requestId } as ClientMessage);
    return until(
      () =>
        this.received.find(
          (message): message is Answer =>
            'requestId' in message && message.requestId === requestId && message.type !== 'reach-progress',
        ),
      `the answer to ${asked.type}`,
    );
  }

  edit(edit: Edit, how: { readonly takeOver?: true } = {}): Promise<Answer> {
    return this.ask({ type: 'edit', baseRevision: this.revision, edit, ...how });
  }

  /** What the server calls this client. */
  get id(): string | undefined {
    return this.snapshot?.clientId;
  }

  last<Type extends Broadcast['type']>(type: Type): Extract<Broadcast, { type: Type }> | undefined {
    return this.received.findLast(
      (message): message is Extract<Broadcast, { type: Type }> => message.type === type && 'seq' in message,
    );
  }

  get snapshot(): Snapshot | undefined {
    return this.received.findLast((message) => message.type === 'snapshot');
  }

  close(): void {
    this.socket.terminate();
  }

  #take(message: ServerMessage): void {
    this.received.push(message);
    if (message.type === 'snapshot') {
      this.snapshots += 1;
      this.topology = message.topology;
      this.revision = message.revision;
      this.seq = message.seq;
    } else if ('seq' in message) {
      if (message.seq !== this.seq + 1)
        throw new Error(`Missed a message: ${this.seq} → ${message.seq} (${message.type}).`);
      this.seq = message.seq;
      if (message.type === 'document' && this.topology !== null) {
        const applied = applyDiff(this.topology, message.diff);
        if (!applied.ok) throw new Error('A diff did not fit.');
        this.topology = applied.topology;
        this.revision = message.revision;
      }
    }
  }
}
