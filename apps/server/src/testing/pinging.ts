import type { ServerMessage } from '@vethlab/protocol';
import { Stalls } from '@vethlab/sandbox/testing/own-time';
import { expect } from 'vitest';
import { TestClient } from './test-client.js';
import type { TestServer } from './test-server.js';
import { runningLab } from './typed-lab.js';
import { until } from './until.js';

const lab = `vethlab: 1
name: other
nodes:
  h1: { kind: host, interfaces: { eth0: { addresses: [10.0.0.1/24] } } }
  h2: { kind: host, interfaces: { eth0: { addresses: [10.0.0.2/24] } } }
links: [{ endpoints: ["h1:eth0", "h2:eth0"] }]
probes: [{ from: h1, to: 10.0.0.2, interval: 200ms }]
`;

/** Answers beside a fault that is over at once: some four seconds of them, so that what it leaves behind is seen as well. */
const answersMin = 20;

/** A lab in which somebody pings all the time, beside whatever happens in others. */
export class Pinging {
  readonly #client: TestClient;
  readonly #stalls = new Stalls();
  /** When answers came, in ms since the epoch. */
  #answers: number[] = [];

  private constructor(client: TestClient) {
    this.#client = client;
    client.socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as ServerMessage;
      if (message.type !== 'probes' || !message.samples.some(({ outcome }) => outcome.kind === 'reply')) return;
      this.#answers.push(Date.now());
    });
  }

  static async open(server: TestServer): Promise<Pinging> {
    const { id } = await runningLab(server, { file: lab });
    const pinging = new Pinging(await TestClient.open(server, id));
    await until(() => pinging.#answers.length > 0, 'the other lab pings');
    return pinging;
  }

  /** From now on no gap is allowed. */
  start(): void {
    this.#answers = [Date.now()];
  }

  async expectNoGap(): Promise<void> {
    await until(() => this.#answers.length > answersMin, 'answers beside it');
    // Silence until now is a gap as well.
    const times = [...this.#answers, Date.now()];
    expect(this.#stalls.longestGapMs(times)).toBeLessThan(1_000);
  }

  close(): void {
    this.#stalls.stop();
    this.#client.close();
  }
}
