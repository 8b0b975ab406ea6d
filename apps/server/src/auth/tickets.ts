import { randomBytes } from 'node:crypto';
import { ticketLifeMs, ticketsMax } from '../limits.js';

/**
 * One-use tickets that open a WebSocket. A browser cannot set an Authorization header on an upgrade, and a cookie is sent
 * to every port of localhost; a ticket was asked for with the token, works once, and only for a moment.
 */
export class Tickets {
  /** Ticket → when it runs out, on the monotonic clock. Oldest first, as Map keeps the order. */
  readonly #open = new Map<string, number>();

  issue(): string {
    const now = performance.now();
    for (const [ticket, runsOut] of this.#open) {
      if (runsOut > now && this.#open.size < ticketsMax) break;
      this.#open.delete(ticket);
    }
    const ticket = randomBytes(24).toString('base64url');
    this.#open.set(ticket, now + ticketLifeMs);
    return ticket;
  }

  /** True once for each ticket, while it is fresh. */
  redeem(ticket: string): boolean {
    const runsOut = this.#open.get(ticket);
    this.#open.delete(ticket);
    return runsOut !== undefined && runsOut > performance.now();
  }
}
