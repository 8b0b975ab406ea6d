import { Buffer } from 'node:buffer';

/** How a frame begins: what it is (one byte), of which connection, and how many bytes of it follow. */
const headBytes = 9;
const kinds = /** @type {const} */ ({ open: 1, data: 2, end: 3 });

/**
 * Carries many TCP connections over one line of bytes that loses none: a serial line. One end calls `carry` with a connection that came to it;
 * the other makes its counterpart in `answer`.
 */
export class Relay {
  #line;
  #answer;
  #sockets = new Map();
  #newest = 0;
  #unread = Buffer.alloc(0);

  /** @param {import('node:stream').Duplex} line @param {() => import('node:net').Socket} [answer] */
  constructor(line, answer) {
    this.#line = line;
    this.#answer = answer;
    line.on('data', (chunk) => this.#read(chunk));
    // Whatever ended the line, it is the end of all that went over it.
    line.on('error', () => undefined);
    line.on('close', () => {
      for (const socket of this.#sockets.values()) socket.destroy();
      this.#sockets.clear();
    });
  }

  /** @param {import('node:net').Socket} socket */
  carry(socket) {
    this.#newest += 1;
    this.#send(kinds.open, this.#newest);
    this.#join(this.#newest, socket);
  }

  #join(id, socket) {
    this.#sockets.set(id, socket);
    socket.on('data', (chunk) => this.#send(kinds.data, id, chunk));
    // What went wrong with one is told to the other as its end.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.#sockets.delete(id)) this.#send(kinds.end, id);
    });
  }

  #send(kind, id, data = Buffer.alloc(0)) {
    if (!this.#line.writable) return;
    const head = Buffer.alloc(headBytes);
    head.writeUInt8(kind, 0);
    head.writeUInt32BE(id, 1);
    head.writeUInt32BE(data.length, 5);
    this.#line.write(Buffer.concat([head, data]));
  }

  #read(chunk) {
    let rest = Buffer.concat([this.#unread, chunk]);
    while (rest.length >= headBytes) {
      const end = headBytes + rest.readUInt32BE(5);
      if (rest.length < end) break;
      this.#take(rest.readUInt8(0), rest.readUInt32BE(1), rest.subarray(headBytes, end));
      rest = rest.subarray(end);
    }
    this.#unread = rest;
  }

  #take(kind, id, data) {
    if (kind === kinds.open) {
      if (this.#answer !== undefined) this.#join(id, this.#answer());
      return;
    }
    const socket = this.#sockets.get(id);
    if (kind === kinds.data) socket?.write(data);
    else if (this.#sockets.delete(id)) socket.end();
  }
}
