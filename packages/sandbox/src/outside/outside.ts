import type { Socket } from 'node:net';
import { type OutsideNews, type OutsideOrder, outsideOrderSchema, type PublishWish } from '@vethlab/protocol';
import { PublishedPorts } from './published-ports.js';
import { WaysOut, type WaysOutOptions } from './ways-out.js';

export interface OutsideOptions extends WaysOutOptions {
  readonly tell: (news: OutsideNews) => void;
  readonly allows: (order: OutsideOrder) => boolean;
  /** Somebody came to a published port. */
  readonly onConnection: (wish: PublishWish, socket: Socket) => void;
}

/** What one lab has on the machine outside of itself. It ends with us. */
export class Outside {
  readonly #waysOut: WaysOut;
  readonly #ports: PublishedPorts;
  readonly #tell: (news: OutsideNews) => void;
  readonly #allows: (order: OutsideOrder) => boolean;

  constructor(options: OutsideOptions) {
    this.#waysOut = new WaysOut(options);
    this.#ports = new PublishedPorts(options.onConnection);
    this.#tell = options.tell;
    this.#allows = options.allows;
  }

  /**
   * Whether this is an order for us, and was taken. A sandbox may be in the hands of somebody hostile, so it is read strictly. What is refused is
   * answered all the same: an honest agent asks for what its document said a moment ago, and waits to hear.
   */
  take(message: unknown): boolean {
    const order = outsideOrderSchema.safeParse(message);
    if (!order.success) return false;
    if (!this.#allows(order.data)) {
      this.#refuse(order.data);
      return false;
    }
    if (order.data.type === 'publish') {
      void this.#ports.set(order.data.ports).then((problems) => this.#tell({ type: 'published', problems }));
    } else this.#waysOut.take(order.data);
    return true;
  }

  /** For good: what is asked for later does not happen. */
  async endAll(): Promise<void> {
    await Promise.all([this.#waysOut.endAll(), this.#ports.closeAll()]);
  }

  #refuse(order: OutsideOrder): void {
    const problem = 'The document of the lab does not say so.';
    if (order.type === 'way-out-start') this.#tell({ type: 'way-out-started', key: order.key, problem });
    else if (order.type === 'publish')
      this.#tell({ type: 'published', problems: order.ports.map((port) => ({ ...port, problem })) });
  }
}
