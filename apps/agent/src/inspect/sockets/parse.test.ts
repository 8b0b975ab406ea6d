import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInetLine } from './parse-inet.js';
import { parsePacketLine, parseUnixLine } from './parse-local.js';

describe('a line of /proc/net', () => {
  it.each([
    [
      'tcp',
      '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000005 00:00000000 00000000  1000        0 31337 1 0000000000000000 100 0 0 10 0',
      {
        state: 'listen',
        local: '127.0.0.1:8080',
        remote: null,
        uid: 1000,
        rxQueueBytes: 5,
        txQueueBytes: 0,
        inode: 31337,
      },
    ],
    [
      'tcp6',
      '   1: 00000000000000000000000001000000:0016 0000000000000000FFFF00000100000A:D431 01 00000010:00000000 02:000A 00000000     0        0 7 2 0',
      { state: 'established', local: '[::1]:22', remote: '[::ffff:10.0.0.1]:54321', txQueueBytes: 16, inode: 7 },
    ],
    [
      'udp',
      ' 24: 00000000:14E9 00000000:0000 07 00000000:00000000 00:00000000 00000000   0  0 9 2 0 0',
      { state: 'open', local: '0.0.0.0:5353' },
    ],
    [
      'tcp6',
      '   1: B80D01200000000000000000FEFFFFFF:01BB 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 1 2 0',
      { local: '[2001:db8::ffff:fffe]:443' },
    ],
  ])('of %s says who listens where', (protocol, line, socket) => {
    expect(parseInetLine(protocol, line)).toMatchObject({ protocol, ...socket });
  });

  it('of unix sockets has a name, or listens; pairs inside a process are left out', () => {
    const named = '0000000000000000: 00000002 00000000 00010000 0001 01 12345 /run/a socket';
    expect(parseUnixLine(named)).toMatchObject({ state: 'listen', local: '/run/a socket', inode: 12345 });
    expect(parseUnixLine('0000000000000000: 00000003 00000000 00000000 0001 03 12346')).toBeNull();
    expect(parseUnixLine('0000000000000000: 00000003 00000000 00000000 0002 01 12347 @abstract')).toMatchObject({
      local: '@abstract',
      state: 'open',
    });
  });

  it('of packet sockets has the interface by its name', () => {
    const line = '0000000000000000 3      3    0003   2     1 4096   0      555';
    expect(parsePacketLine(line, (ifindex) => `eth${ifindex}`)).toMatchObject({
      local: 'all frames, eth2',
      inode: 555,
      rxQueueBytes: 4096,
    });
  });

  it('that is garbage is left out, and never an error', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (line) => {
        for (const parsed of [parseInetLine('tcp', line), parseUnixLine(line), parsePacketLine(line, String)]) {
          if (parsed !== null) expect(Number.isSafeInteger(parsed.inode) || parsed.inode > 0).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
