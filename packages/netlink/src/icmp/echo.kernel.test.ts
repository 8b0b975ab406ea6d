import { describe, expect, it } from 'vitest';
import { inSandbox, type SandboxTools } from '../testing/sandbox.js';

/** Words of a scenario are sent as text: what several share is given as input and made into a function there. */
const buildLine = `({ netlink, must }) => {
  // a (10.0.1.1, fd00:1::1) – router – b (10.0.2.1, fd00:2::1)
  const [a, r, b] = ['a', 'r', 'b'].map((name) => netlink.createNamespace(name));
  const [inA, inR, inB] = [a, r, b].map((handle) => netlink.RtnetlinkSocket.open(handle));
  // A router sends from its link-local address; while that is being checked for duplicates, it passes nothing on.
  for (const handle of [a, r, b]) netlink.writeSysctl(handle, 'net.ipv6.conf.default.accept_dad', '0');
  const veth = (ifindex, end, peer) => netlink.newVeth({
    a: { ifname: 'eth0', ifindex: 10, namespaceFd: end.fd }, b: { ifname: 'r' + ifindex, ifindex, namespaceFd: peer.fd },
  });
  must(inR, [veth(21, a, r), veth(22, b, r)]);
  const set = (socket, ifindex, v4, v6) => must(socket, [
    netlink.setLink({ ifindex: 1, up: true }),
    netlink.setLink({ ifindex, up: true }),
    netlink.newAddress({ ifindex, address: v4, prefixLength: 24 }),
    netlink.newAddress({ ifindex, address: v6, prefixLength: 64, noDad: true }),
  ]);
  set(inA, 10, '10.0.1.1', 'fd00:1::1'); set(inB, 10, '10.0.2.1', 'fd00:2::1');
  set(inR, 21, '10.0.1.254', 'fd00:1::fe'); set(inR, 22, '10.0.2.254', 'fd00:2::fe');
  const defaults = (socket, v4, v6) => must(socket, [
    netlink.newRoute({ family: 4, dst: null, prefixLength: 0, gateway: v4 }),
    netlink.newRoute({ family: 6, dst: null, prefixLength: 0, gateway: v6 }),
  ]);
  defaults(inA, '10.0.1.254', 'fd00:1::fe'); defaults(inB, '10.0.2.254', 'fd00:2::fe');
  netlink.writeSysctls(r, [{ key: 'net.ipv4.ip_forward', value: '1' }, { key: 'net.ipv6.conf.all.forwarding', value: '1' }]);
  // Asking for one interface makes the kernel catch up with its state; before, the first packet may be lost for a second.
  for (const [socket, ifindex] of [[inA, 10], [inR, 21], [inR, 22], [inB, 10]]) socket.links({ ifindex });
  return { a, r, b, inA, inR, inB };
}`;

interface Line {
  readonly a: import('../index.js').NamespaceHandle;
  readonly r: import('../index.js').NamespaceHandle;
  readonly b: import('../index.js').NamespaceHandle;
  readonly inR: import('../index.js').RtnetlinkSocket;
}
type Build = (tools: SandboxTools<never>) => Line;

describe('an echo request', () => {
  for (const family of [4, 6] as const) {
    it(`over IPv${family} is answered, or it is said who could not pass it on and why`, async () => {
      const seen = await inSandbox(
        async (tools) => {
          const { netlink, until, input } = tools;
          const build = new Function(`return (${input.build})`)() as Build;
          const { a } = build(tools as never);
          const socket = netlink.EchoSocket.open(a, input.family, { first: 500, last: 599 });
          const v6 = input.family === 6;
          const targets = {
            through: { destination: v6 ? 'fd00:2::1' : '10.0.2.1' },
            loops: { destination: v6 ? 'fd00:2::1' : '10.0.2.1', hopLimit: 1 },
            nobodyBehindRouter: { destination: v6 ? 'fd00:2::77' : '10.0.2.77' },
            nobodyHere: { destination: v6 ? 'fd00:1::77' : '10.0.1.77' },
            routerKnowsNoWay: { destination: v6 ? 'fd09::1' : '10.9.0.1' },
          };
          const sent = Object.values(targets).map((target, sequence) =>
            socket.send({ ...target, identifier: 555, sequence }),
          );
          const answers = new Map<number, import('../index.js').EchoEvent>();
          await until(() => {
            for (const event of socket.receive()) answers.set(event.sequence, event);
            return answers.size === 5;
          });
          const events = Object.keys(targets).map((name, sequence): [string, unknown] => {
            const event = answers.get(sequence);
            const at = sent[sequence];
            if (event === undefined || at === undefined || !at.ok) throw new Error(`no answer to ${name}`);
            const { receivedAt, ...rest } = event;
            return [
              name,
              {
                ...rest,
                rtt: netlink.roundTripMs(at.sentAt, receivedAt),
                stamped: receivedAt.kernelRealtimeMs !== null,
              },
            ];
          });
          return Object.fromEntries(events) as Record<string, { rtt: number; stamped: boolean }>;
        },
        { input: { build: buildLine, family } },
      );
      const net = (last: string) =>
        family === 4 ? `10.0.${last.replace('fe', '254').replace('::', '.')}` : `fd00:${last}`;
      const identifier = 555;
      const destination = (name: 'b' | 'c') => (name === 'b' ? net('2::1') : net('2::77'));
      expect(seen).toMatchObject({
        through: { kind: 'reply', from: net('2::1'), identifier, sequence: 0, hopLimit: 63 },
        loops: { kind: 'time-exceeded', from: net('1::fe'), identifier, sequence: 1, destination: destination('b') },
        nobodyBehindRouter: { kind: 'unreachable', from: net('1::fe'), reason: 'host', destination: destination('c') },
        nobodyHere: { kind: 'unreachable', from: net('1::1'), reason: 'host', destination: net('1::77'), sequence: 3 },
        routerKnowsNoWay: { kind: 'unreachable', from: net('1::fe'), reason: 'no-route', sequence: 4 },
      });
      for (const [name, { rtt, stamped }] of Object.entries(seen)) {
        expect(stamped, name).toBe(true);
        expect(rtt, name).toBeGreaterThan(0);
      }
    });
  }

  it('without a route is refused on the spot, as a value', async () => {
    const codes = await inSandbox(({ netlink, must }) => {
      const lonely = netlink.createNamespace('lonely');
      const inside = netlink.RtnetlinkSocket.open(lonely);
      const code = (family: 4 | 6) => {
        const socket = netlink.EchoSocket.open(lonely, family);
        const destination = family === 4 ? '10.0.0.1' : 'fd00::1';
        const sent = socket.send({ destination, identifier: 1, sequence: 1 });
        return sent.ok ? 'sent' : sent.error.message;
      };
      const withoutAddress = [code(4), code(6)];
      must(inside, [
        netlink.newBridge({ ifname: 'br0', ifindex: 10, up: true }),
        netlink.newAddress({ ifindex: 10, address: '10.7.0.1', prefixLength: 24 }),
        netlink.newAddress({ ifindex: 10, address: 'fd07::1', prefixLength: 64, noDad: true }),
      ]);
      return { withoutAddress, withAddress: [code(4), code(6)] };
    });
    expect(codes).toEqual({
      // Without any IPv6 address there is none to send from, and the kernel says that first.
      withoutAddress: [
        'sendto 10.0.0.1: ENETUNREACH: network is unreachable',
        'sendto fd00::1: EADDRNOTAVAIL: address not available',
      ],
      withAddress: [
        'sendto 10.0.0.1: ENETUNREACH: network is unreachable',
        'sendto fd00::1: ENETUNREACH: network is unreachable',
      ],
    });
  });

  it('that is too big for a link on the way is told what would fit', async () => {
    const seen = await inSandbox(
      async (tools) => {
        const { netlink, must, until, input, run } = tools;
        const build = new Function(`return (${input})`)() as Build;
        const { a, inR } = build(tools as never);
        must(inR, [netlink.setLink({ ifindex: 22, mtu: 1280 })]);
        run('ip', '-n', 'b', 'link', 'set', 'eth0', 'mtu', '1280');
        const socket = netlink.EchoSocket.open(a, 6);
        socket.send({ destination: 'fd00:2::1', identifier: 1, sequence: 3, payload: new Uint8Array(1400) });
        const [event] = await until(() => {
          const events = socket.receive();
          return events.length > 0 && events;
        });
        return event?.kind === 'too-big' ? [event.kind, event.from, event.mtu, event.sequence] : [event?.kind];
      },
      { input: buildLine },
    );
    expect(seen).toEqual(['too-big', 'fd00:1::fe', 1280, 3]);
  });

  it('of somebody else in the namespace fills nobody’s queue', async () => {
    const seen = await inSandbox(async ({ netlink, run, until }) => {
      const { readFileSync } = process.getBuiltinModule('node:fs');
      const sockets = ([4, 6] as const).map((family) => netlink.EchoSocket.open(null, family, { first: 7, last: 8 }));
      const [v4, v6] = sockets;
      if (v4 === undefined || v6 === undefined) throw new Error('two were made');
      run('ping', '-q', '-c', '200', '-i', '0.002', '-e', '9', '127.0.0.1');
      run('ping', '-q', '-c', '200', '-i', '0.002', '-e', '9', '::1');
      // Errors about somebody else's packets: a closed UDP port.
      const { createSocket } = process.getBuiltinModule('node:dgram');
      const udp = createSocket('udp4');
      for (let count = 0; count < 50; count++) udp.send('x', 9, '127.0.0.1');
      await new Promise((resolve) => setImmediate(resolve));
      udp.close();
      // Second-last column but one of /proc/net/raw: bytes waiting and packets dropped.
      const queued = ['raw', 'raw6'].map((table) => {
        const [, line = ''] = readFileSync(`/proc/net/${table}`, 'utf8').split('\n');
        return Number.parseInt(line.trim().split(/\s+/)[4]?.split(':')[1] ?? '', 16);
      });
      v4.send({ destination: '127.0.0.1', identifier: 7, sequence: 1 });
      v4.send({ destination: '127.0.0.1', identifier: 8, sequence: 2 });
      v6.send({ destination: '::1', identifier: 8, sequence: 3 });
      const events: number[] = [];
      await until(() => {
        events.push(...sockets.flatMap((socket) => socket.receive().map((event) => event.sequence)));
        return events.length >= 3;
      });
      let outside = '';
      try {
        v4.send({ destination: '127.0.0.1', identifier: 9, sequence: 1 });
      } catch (error) {
        outside = (error as Error).name;
      }
      return { queued, events, outside };
    });
    expect(seen).toEqual({ queued: [0, 0], events: [1, 2, 3], outside: 'RangeError' });
  });

  it('reaches the other end at once when the ends of a pair have different numbers', async () => {
    const seen = await inSandbox(async ({ netlink, must, until }) => {
      const rtts: number[] = [];
      for (let round = 0; round < 5; round++) {
        const a = netlink.createNamespace(`a${round}`);
        const b = netlink.createNamespace(`b${round}`);
        const inA = netlink.RtnetlinkSocket.open(a);
        const inB = netlink.RtnetlinkSocket.open(b);
        must(inA, [
          netlink.newVeth({ a: { ifname: 'v', ifindex: 10 }, b: { ifname: 'v', ifindex: 11, namespaceFd: b.fd } }),
          netlink.newAddress({ ifindex: 10, address: '10.0.0.1', prefixLength: 24 }),
          netlink.setLink({ ifindex: 10, up: true }),
        ]);
        must(inB, [
          netlink.newAddress({ ifindex: 11, address: '10.0.0.2', prefixLength: 24 }),
          netlink.setLink({ ifindex: 11, up: true }),
        ]);
        inA.links({ ifindex: 10 });
        inB.links({ ifindex: 11 });
        const socket = netlink.EchoSocket.open(a, 4);
        const sent = socket.send({ destination: '10.0.0.2', identifier: 1, sequence: 1 });
        const [event] = await until(() => {
          const events = socket.receive();
          return events.length > 0 && events;
        });
        if (event !== undefined && sent.ok) rtts.push(netlink.roundTripMs(sent.sentAt, event.receivedAt));
      }
      return rtts;
    });
    expect(seen).toHaveLength(5);
    // An unlucky first packet waits a whole second for the next ARP request.
    for (const rtt of seen) expect(rtt).toBeLessThan(500);
  });
});
