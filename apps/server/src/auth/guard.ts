import type { IncomingMessage } from 'node:http';
import type { ListeningNames } from './listening-names.js';
import { sameSecret } from './token.js';

/** Methods that change nothing (RFC 9110, 9.2.1); all others need the exact Origin when a browser gives one. */
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Decides who may speak to the server. It holds the token; nothing else needs to know it. */
export class Guard {
  readonly cookieName: string;
  readonly #token: string;
  readonly #names: ListeningNames;
  readonly #isSecure: boolean;

  constructor(options: {
    readonly token: string;
    readonly names: ListeningNames;
    readonly port: number;
    readonly isSecure?: boolean;
  }) {
    this.#token = options.token;
    this.#names = options.names;
    this.#isSecure = options.isSecure ?? false;
    // Cookies ignore ports: two servers on one machine must not overwrite each other's.
    this.cookieName = `vethlab_${options.port}`;
  }

  /** Host allowlist, before anything is routed. */
  knowsHost(request: IncomingMessage): boolean {
    return request.headers.host !== undefined && this.#names.hosts.has(request.headers.host);
  }

  /** Whether a request that changes something may have come from a page: its Origin is ours, or there is none. */
  allowsOrigin(request: IncomingMessage): boolean {
    const { origin } = request.headers;
    return origin === undefined || this.#names.origins.has(origin);
  }

  allowsMethodFrom(request: IncomingMessage): boolean {
    return safeMethods.has(request.method ?? '') || this.allowsOrigin(request);
  }

  hasBearer(request: IncomingMessage): boolean {
    const match = /^Bearer +([^\s]+)$/i.exec(request.headers.authorization ?? '');
    return match?.[1] !== undefined && this.isToken(match[1]);
  }

  hasCookie(request: IncomingMessage): boolean {
    const value = cookieValue(request.headers.cookie ?? '', this.cookieName);
    return value !== null && this.isToken(value);
  }

  isToken(text: string): boolean {
    return sameSecret(text, this.#token);
  }

  /** For the answer to `/?token=…`. Strict: no other site can make a browser send it. Secure: never in the clear. */
  cookieHeader(): string {
    return `${this.cookieName}=${this.#token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000${this.#isSecure ? '; Secure' : ''}`;
  }
}

function cookieValue(header: string, name: string): string | null {
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return null;
}
