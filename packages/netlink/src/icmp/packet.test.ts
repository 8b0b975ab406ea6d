import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { internetChecksum } from './checksum.js';
import { readAnswer, writeEchoRequest } from './packet.js';

const context = {
  from: '192.0.2.1',
  hopLimit: 7,
  receivedAt: { monotonicMs: 0, realtimeMs: 0, kernelRealtimeMs: null },
};

/** An IPv4 header without options around a body. */
function ipv4(body: Uint8Array, protocol = 1, words = 5): Buffer {
  const header = Buffer.alloc(words * 4);
  header[0] = 0x40 | words;
  header[8] = 61;
  header[9] = protocol;
  header.set([10, 0, 0, 1], 12);
  header.set([10, 0, 0, 2], 16);
  return Buffer.concat([header, body]);
}

function ipv6(body: Uint8Array, nextHeader = 58): Buffer {
  const header = Buffer.alloc(40);
  header[0] = 0x60;
  header[6] = nextHeader;
  header[39] = 9;
  return Buffer.concat([header, body]);
}

function request(family: 4 | 6): Buffer {
  const bytes = Buffer.alloc(16);
  return bytes.subarray(0, writeEchoRequest(bytes, family, 0xabcd, 0x0102, new Uint8Array(3)));
}

/** An ICMP error: type, code, four bytes of its own, and what it is about. */
function icmpError(type: number, code: number, own: readonly number[], about: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([type, code, 0, 0, ...own]), about]);
}

describe('answers to echo requests', () => {
  it('name the request: a reply, and every error that quotes it', () => {
    const reply = request(4);
    reply[0] = 0;
    const names = { from: '192.0.2.1', identifier: 0xabcd, sequence: 0x0102 };
    expect(readAnswer(ipv4(reply), 4, context)).toMatchObject({ kind: 'reply', ...names, hopLimit: 61 });
    // With options in the outer and in the quoted header.
    const quoted = ipv4(request(4), 1, 8);
    const failed = { ...names, destination: '10.0.0.2' };
    const read = (type: number, code: number, own = [0, 0, 0, 0]) =>
      readAnswer(ipv4(icmpError(type, code, own, quoted), 1, 7), 4, context);
    expect(read(3, 0)).toMatchObject({ kind: 'unreachable', reason: 'no-route', code: 0, ...failed });
    expect(read(3, 1)).toMatchObject({ kind: 'unreachable', reason: 'host', ...failed });
    expect(read(3, 13)).toMatchObject({ kind: 'unreachable', reason: 'prohibited', ...failed });
    expect(read(3, 4, [0, 0, 0x05, 0x14])).toMatchObject({ kind: 'too-big', mtu: 1300, ...failed });
    expect(read(11, 0)).toMatchObject({ kind: 'time-exceeded', ...failed });
    expect(read(5, 0)).toBeNull();
  });

  it('over IPv6 likewise', () => {
    const reply = request(6);
    reply[0] = 129;
    expect(readAnswer(reply, 6, context)).toMatchObject({ kind: 'reply', identifier: 0xabcd, hopLimit: 7 });
    const read = (type: number, code: number) =>
      readAnswer(icmpError(type, code, [0, 0, 5, 0], ipv6(request(6))), 6, context);
    expect(read(1, 0)).toMatchObject({ kind: 'unreachable', reason: 'no-route', destination: '::9' });
    expect(read(1, 3)).toMatchObject({ kind: 'unreachable', reason: 'host', sequence: 0x0102 });
    expect(read(2, 0)).toMatchObject({ kind: 'too-big', mtu: 1280 });
    expect(read(3, 0)).toMatchObject({ kind: 'time-exceeded' });
  });

  it('are nothing when they quote something else, or are cut anywhere', () => {
    expect(readAnswer(ipv4(icmpError(3, 1, [0, 0, 0, 0], ipv4(request(4), 17))), 4, context)).toBeNull();
    const whole = ipv4(icmpError(3, 1, [0, 0, 0, 0], ipv4(request(4))));
    for (let length = 0; length < whole.length - 3; length++) {
      expect(readAnswer(whole.subarray(0, length), 4, context), `${length} bytes`).toBeNull();
    }
  });

  it('never crash on garbage', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.constantFrom<4 | 6>(4, 6), (bytes, family) => {
        readAnswer(Buffer.from(bytes), family, context);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the checksum', () => {
  it('is that of RFC 1071, for odd lengths too', () => {
    expect(internetChecksum(Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7), 8)).toBe(~0xddf2 & 0xffff);
    expect(internetChecksum(Uint8Array.of(0x01), 1)).toBe(~0x0100 & 0xffff);
  });

  it('makes the sum of a packet that holds it zero', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 200 }), (bytes) => {
        const packet = Uint8Array.from(bytes);
        packet.fill(0, 2, 4);
        const sum = internetChecksum(packet, packet.length);
        packet.set([sum >> 8, sum & 0xff], 2);
        expect(internetChecksum(packet, packet.length)).toBe(0);
      }),
    );
  });
});
