import { describe, expect, it } from 'vitest';
import { inSandbox } from '../testing/sandbox.js';

describe('events', () => {
  it('of other namespaces arrive with their numbers, and of our own without', async () => {
    const seen = await inSandbox(async ({ netlink, run, until }) => {
      const root = netlink.RtnetlinkSocket.open();
      const a = netlink.createNamespace('a');
      root.setNsid(a.fd, 5);
      const poller = new netlink.Poller();
      const events: string[] = [];
      const bodies: unknown[] = [];
      let kept: import('../index.js').KernelEvent | undefined;
      const monitor = netlink.EventMonitor.open({
        poller,
        groups: [...netlink.DEFAULT_GROUPS, 'neighbour'],
        onEvent: (event) => {
          events.push(`${event.nsid} ${event.type} ${event.ifindex}`);
          if (event.type === 'new-address') bodies.push(event.message);
          kept = event;
        },
        onLost: () => events.push('lost'),
      });
      run('ip', '-n', 'a', 'link', 'add', 'br0', 'index', '30', 'type', 'bridge');
      run('ip', '-n', 'a', 'addr', 'add', '10.0.0.1/24', 'dev', 'br0');
      run('ip', '-n', 'a', 'link', 'set', 'br0', 'up');
      run('ip', '-n', 'a', 'route', 'add', '10.1.0.0/16', 'via', '10.0.0.2');
      run('ip', '-n', 'a', 'neigh', 'add', '10.0.0.3', 'lladdr', '02:00:00:00:00:03', 'dev', 'br0');
      run('ip', 'netns', 'exec', 'a', 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
      run('ip', 'link', 'add', 'br1', 'index', '40', 'type', 'bridge');
      run('ip', '-n', 'a', 'link', 'del', 'br0');
      const b = netlink.createNamespace('b');
      root.setNsid(b.fd, 6);
      await until(() => events.includes('5 del-link 30') && events.some((event) => event.includes('new-nsid')));
      let late = '';
      try {
        late = String(kept?.message);
      } catch (error) {
        late = (error as Error).message;
      }
      monitor.close();
      monitor.close();
      poller.close();
      return { events, bodies, late };
    });
    expect(seen.events).toEqual(
      expect.arrayContaining([
        '5 new-link 30',
        '5 new-address 30',
        '5 new-route 30',
        '5 new-neighbour 30',
        '5 new-netconf null',
        'null new-link 40',
        '5 del-address 30',
        '5 del-link 30',
        'null new-nsid null',
      ]),
    );
    expect(seen.bodies[0]).toMatchObject({ address: '10.0.0.1', prefixLength: 24, ifindex: 30 });
    expect(seen.late).toMatch(/during its callback only/);
  });

  it('of neighbours tell only what lasts, and what may be its end', async () => {
    const seen = await inSandbox(async ({ netlink, run, until }) => {
      const poller = new netlink.Poller();
      const events: string[] = [];
      const monitor = netlink.EventMonitor.open({
        poller,
        groups: ['lasting-neighbour'],
        onEvent: ({ type, message }) => {
          if (message === null || !('state' in message)) return;
          const name = 'address' in message ? message.address : 'mac' in message ? message.mac : '';
          events.push(`${type} ${name} ${message.state}`);
        },
        onLost: () => events.push('lost'),
      });
      run('ip', 'link', 'add', 'va', 'type', 'veth', 'peer', 'name', 'vb');
      run('ip', 'link', 'add', 'br0', 'type', 'bridge');
      run('ip', 'link', 'set', 'va', 'master', 'br0');
      for (const name of ['va', 'vb', 'br0']) run('ip', 'link', 'set', name, 'up');
      const entry = (what: string, address: string, ...words: string[]) =>
        run('ip', 'neigh', what, address, 'dev', 'vb', ...words);
      entry('add', '10.0.0.8', 'lladdr', '02:00:00:00:00:08', 'nud', 'reachable');
      entry('add', '10.0.0.9', 'lladdr', '02:00:00:00:00:09');
      entry('del', '10.0.0.9');
      const learned = (state: string, mac: string) => run('bridge', 'fdb', 'add', mac, 'dev', 'va', 'master', state);
      learned('dynamic', '02:00:00:00:00:0a');
      learned('static', '02:00:00:00:00:0b');
      run('bridge', 'fdb', 'del', '02:00:00:00:00:0b', 'dev', 'va', 'master');
      await until(() => events.includes('del-neighbour 02:00:00:00:00:0b static'));
      monitor.close();
      poller.close();
      return events.filter((event) => event.includes('10.0.0.') || event.includes('02:00:00:00:00:0'));
    });
    expect(seen).toContain('new-neighbour 10.0.0.9 permanent');
    expect(seen.filter((event) => event.startsWith('del-neighbour'))).toEqual([
      'del-neighbour 10.0.0.9 failed',
      'del-neighbour 02:00:00:00:00:0b static',
    ]);
    expect(seen).toContain('new-neighbour 02:00:00:00:00:0b static');
    expect(seen.join()).not.toMatch(/reachable|learned/);
  });

  it('that come faster than they are read are reported as lost, and the next ones arrive', async () => {
    const seen = await inSandbox(async ({ netlink, must, until }) => {
      const poller = new netlink.Poller();
      let lost = 0;
      const after: (number | null)[] = [];
      const monitor = netlink.EventMonitor.open({
        poller,
        groups: ['ipv4-address'],
        onEvent: (event) => {
          if (lost > 0) after.push(event.ifindex);
        },
        onLost: () => lost++,
      });
      const socket = netlink.RtnetlinkSocket.open();
      const address = { ifindex: 1, address: '127.9.9.9', prefixLength: 32 };
      const flood = Array.from({ length: 100 }, () => [
        netlink.newAddress(address),
        netlink.deleteAddress(address),
      ]).flat();
      // Synchronous, so nobody reads meanwhile; more than any receive buffer holds.
      for (let round = 0; round < 400; round++) must(socket, flood);
      await until(() => lost > 0);
      const deadline = performance.now() + 5000;
      while (after.length < 1 && performance.now() < deadline) {
        must(socket, flood);
        await new Promise((resolve) => setImmediate(resolve));
      }
      monitor.close();
      poller.close();
      return { lost, went: after.length > 0 };
    });
    expect(seen.lost).toBeGreaterThan(0);
    expect(seen.went).toBe(true);
  });
});

describe('a monitor and an echo socket', () => {
  it('can be read at once, without a turn of the event loop', async () => {
    const seen = await inSandbox(({ netlink, must }) => {
      const poller = new netlink.Poller();
      let heard = 0;
      const onEvent = () => {
        heard++;
      };
      const monitor = netlink.EventMonitor.open({ poller, groups: ['ipv4-address'], onEvent, onLost: onEvent });
      const address = { ifindex: 1, address: '127.9.9.9', prefixLength: 32 };
      const changes = Array.from({ length: 200 }, () => [netlink.newAddress(address), netlink.deleteAddress(address)]);
      must(netlink.RtnetlinkSocket.open(), changes.flat());
      const first = monitor.drain();
      const afterFirst = heard;
      while (monitor.drain());
      poller.close();
      return { first, some: afterFirst > 0 && afterFirst < heard, heard };
    });
    expect(seen).toEqual({ first: true, some: true, heard: 400 });
  });

  it('leave no descriptor behind', async () => {
    const leaked = await inSandbox(async ({ netlink }) => {
      const { readdirSync } = process.getBuiltinModule('node:fs');
      const count = () => readdirSync('/proc/self/fd').length;
      const a = netlink.createNamespace('a');
      const round = async () => {
        const poller = new netlink.Poller();
        const monitor = netlink.EventMonitor.open({
          poller,
          namespace: a,
          onEvent: () => undefined,
          onLost: () => undefined,
        });
        const echoes = ([4, 6] as const).map((family) => netlink.EchoSocket.open(a, family));
        for (const echo of echoes) poller.add(echo.fd, () => echo.receive());
        await new Promise((resolve) => setImmediate(resolve));
        for (const echo of echoes) {
          poller.remove(echo.fd);
          echo.close();
          echo.close();
        }
        monitor.close();
        poller.close();
      };
      await round();
      const before = count();
      for (let index = 0; index < 50; index++) await round();
      await new Promise((resolve) => setImmediate(resolve));
      return count() - before;
    });
    expect(leaked).toBe(0);
  });
});

describe('the poller', () => {
  it('shares its turns between busy descriptors and stops when it is told', async () => {
    const seen = await inSandbox(async ({ netlink, until }) => {
      const poller = new netlink.Poller();
      const sockets = Array.from({ length: 200 }, () => netlink.EchoSocket.open(null, 4, { first: 9, last: 9 }));
      const heard = new Map<number, number>();
      for (const socket of sockets) {
        // One answer a call: the rest must come again by themselves.
        poller.add(socket.fd, () => heard.set(socket.fd, (heard.get(socket.fd) ?? 0) + socket.receive(1).length));
      }
      for (let sequence = 0; sequence < 5; sequence++) {
        sockets[0]?.send({ destination: '127.0.0.1', identifier: 9, sequence });
      }
      await until(() => sockets.every((socket) => heard.get(socket.fd) === 5));
      const first = sockets[0];
      if (first === undefined) throw new Error('two hundred were made');
      poller.remove(first.fd);
      poller.remove(first.fd);
      first.send({ destination: '127.0.0.1', identifier: 9, sequence: 6 });
      await until(() => sockets.slice(1).every((socket) => heard.get(socket.fd) === 6));
      const code = (() => {
        try {
          poller.add(sockets[1]?.fd ?? -1, () => undefined);
          return 'added';
        } catch (error) {
          return (error as { code: string }).code;
        }
      })();
      const removed = heard.get(first.fd);
      poller.close();
      poller.close();
      return { removed, code };
    });
    expect(seen).toEqual({ removed: 5, code: 'EEXIST' });
  });

  it('lets promises go on and errors be seen, as any callback of Node does', async () => {
    const seen = await inSandbox(async ({ netlink }) => {
      const poller = new netlink.Poller();
      const socket = netlink.EchoSocket.open(null, 4);
      const caught = new Promise<string>((resolve) =>
        process.once('uncaughtException', (error) => resolve(error.message)),
      );
      const heard = new Promise<string>((resolve) => {
        poller.add(socket.fd, () => {
          const [event] = socket.receive();
          resolve(event?.kind ?? 'nothing');
          throw new Error('in the callback');
        });
      });
      socket.send({ destination: '127.0.0.1', identifier: 1, sequence: 1 });
      return [await heard.then((kind) => `${kind}, and on`), await caught];
    });
    expect(seen).toEqual(['reply, and on', 'in the callback']);
  });

  it('keeps the process alive only while it watches something', async () => {
    const seen = await inSandbox(
      ({ run, input }) => {
        const { writeFileSync } = process.getBuiltinModule('node:fs');
        const open = 'const p = new netlink.Poller(); const s = netlink.EchoSocket.open(null, 4);';
        const ping = "s.send({ destination: '127.0.0.1', identifier: 1, sequence: 1 });";
        // `timeout` fails for a program that does not end by itself.
        return [
          `${open} console.log('opened');`,
          `${open} p.add(s.fd, () => {}); p.unref(); console.log('let go');`,
          `${open} p.add(s.fd, () => {}); p.remove(s.fd); console.log('removed');`,
          `${open} p.add(s.fd, () => {}); p.close(); console.log('closed');`,
          `${open} p.add(s.fd, () => { console.log(s.receive()[0].kind); p.remove(s.fd); }); ${ping}`,
        ].map((body) => {
          writeFileSync('/run/program.mjs', `import * as netlink from ${JSON.stringify(input)};\n${body}`);
          return run('timeout', '5', process.execPath, '/run/program.mjs').trim();
        });
      },
      { input: new URL('../../dist/index.js', import.meta.url).href },
    );
    expect(seen).toEqual(['opened', 'let go', 'removed', 'closed', 'reply']);
  });
});
