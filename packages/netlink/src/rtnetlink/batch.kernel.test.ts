import { describe, expect, it } from 'vitest';
import { inSandbox } from '../testing/sandbox.js';

describe('a rate limit', () => {
  it('is read back by tc, and goes again', async () => {
    const seen = await inSandbox(async ({ netlink, run }) => {
      const socket = netlink.RtnetlinkSocket.open();
      const answers = socket.batchSync([
        netlink.newVeth({ a: { ifname: 'v0', ifindex: 10 }, b: { ifname: 'v1', ifindex: 11 } }),
        netlink.limitRate({ ifindex: 10, rateBitsPerSecond: 5_000_000, burstBytes: 16_384, limitBytes: 47_634 }),
      ]);
      const shown = run('tc', 'qdisc', 'show', 'dev', 'v0');
      const qdisc = socket.links({ ifindex: 10 })[0]?.qdisc;
      const [gone] = socket.batchSync([netlink.deleteRootQdisc({ ifindex: 10 })]);
      return {
        ok: answers.every((answer) => answer.ok),
        shown,
        qdisc,
        gone: gone?.ok,
        after: run('tc', 'qdisc', 'show', 'dev', 'v0'),
      };
    });
    expect(seen).toMatchObject({ ok: true, qdisc: 'tbf', gone: true });
    expect(seen.shown).toMatch(/tbf .*rate 5Mbit burst 16Kb/);
    expect(seen.after).not.toContain('tbf');
  });
});

describe('a batch', () => {
  it('of five whose third is refused carries out the other four, and says why in the kernel’s words', async () => {
    const seen = await inSandbox(async ({ netlink, ip }) => {
      const root = netlink.RtnetlinkSocket.open();
      const requests = [
        netlink.newBridge({ ifname: 'br0', ifindex: 10 }),
        netlink.newAddress({ ifindex: 10, address: '10.0.0.1', prefixLength: 24 }),
        netlink.newRoute({ family: 4, dst: null, prefixLength: 0, gateway: '192.0.2.1' }),
        netlink.newAddress({ ifindex: 10, address: '10.0.1.1', prefixLength: 24 }),
        netlink.setLink({ ifindex: 10, up: true }),
      ];
      const answers = await root.batch(requests);
      const again = root.batchSync(requests);
      const plain = (list: typeof answers) =>
        list.map((answer) =>
          answer.ok
            ? 'ok'
            : { code: answer.error.code, said: answer.error.kernelMessage, syscall: answer.error.syscall },
        );
      return { first: plain(answers), second: plain(again), addresses: ip('addr', 'show', 'br0')[0].addr_info.length };
    });
    expect(seen.first).toEqual([
      'ok',
      'ok',
      { code: 'ENETUNREACH', said: 'Nexthop has invalid gateway', syscall: 'RTM_NEWROUTE default/0' },
      'ok',
      'ok',
    ]);
    expect(seen.second.map((answer) => (typeof answer === 'string' ? answer : answer.code))).toEqual([
      'EEXIST',
      'EEXIST',
      'ENETUNREACH',
      'EEXIST',
      'ok',
    ]);
    expect(seen.addresses).toBeGreaterThanOrEqual(2);
  });

  it('of many hundreds, every other one refused, has each answer in its place', async () => {
    const wrong = await inSandbox(async ({ netlink }) => {
      const root = netlink.RtnetlinkSocket.open();
      const requests = Array.from({ length: 700 }, (_, index) =>
        index % 2 === 0
          ? netlink.newAddress({ ifindex: 1, address: `127.1.${index >> 8}.${index & 255}`, prefixLength: 32 })
          : netlink.deleteLink({ ifindex: 100_000 + index }),
      );
      const misplaced = (answers: readonly import('../index.js').Answer[], firstTime: boolean) =>
        answers.filter((answer, index) => {
          if (index % 2 === 1)
            return answer.ok || answer.error.code !== 'ENODEV' || !answer.error.syscall.includes(`${100_000 + index}`);
          return answer.ok !== firstTime;
        }).length;
      return {
        answers: (await root.batch(requests)).length,
        inBackground: misplaced(await root.batch(requests), false),
        onThisThread: misplaced(root.batchSync(requests), false),
        set: root.addresses({ ifindex: 1, family: 4 }).length,
      };
    });
    expect(wrong).toEqual({ answers: 700, inBackground: 0, onThisThread: 0, set: 351 });
  });

  it('leaves the event loop free, and questions asked meanwhile on the same socket get their own answers', async () => {
    const seen = await inSandbox(async ({ netlink }) => {
      const root = netlink.RtnetlinkSocket.open();
      const peers = netlink.createNamespace('peers');
      const requests = Array.from({ length: 200 }, (_, index) =>
        netlink.newVeth({
          a: { ifname: `v${index}`, ifindex: 1000 + index },
          b: { ifname: `p${index}`, ifindex: 3000 + index, namespaceFd: peers.fd },
        }),
      );
      // Two batches on one socket, and refusals among them: they queue.
      const first = root.batch([...requests, netlink.deleteLink({ ifindex: 77 })]);
      const second = root.batch([netlink.deleteLink({ ifindex: 1000 }), netlink.deleteLink({ ifindex: 1000 })]);
      let over = false;
      let turns = 0;
      let asked = 0;
      const both = Promise.all([first, second]).finally(() => {
        over = true;
      });
      while (!over) {
        await new Promise((resolve) => setImmediate(resolve));
        turns++;
        if (root.links({ ifindex: 1 })[0]?.ifname === 'lo') asked++;
        const refused = root.batchSync([netlink.deleteLink({ ifindex: 88 })])[0];
        if (refused === undefined || refused.ok || refused.error.code !== 'ENODEV') throw new Error('a wrong answer');
      }
      const [answers, later] = await both;
      return {
        turns,
        asked,
        ok: answers.filter((answer) => answer.ok).length,
        last: answers.at(-1)?.ok,
        later: later.map((answer) => (answer.ok ? 'ok' : answer.error.code)),
        left: root.links().length,
      };
    });
    expect(seen.turns).toBeGreaterThan(10);
    expect(seen.asked).toBe(seen.turns);
    expect(seen).toMatchObject({ ok: 200, last: false, later: ['ok', 'ENODEV'], left: 200 });
  });

  it('that is under way when the socket is closed ends well; later ones are refused', async () => {
    const seen = await inSandbox(async ({ netlink, ip }) => {
      const { readlinkSync, existsSync } = process.getBuiltinModule('node:fs');
      const socket = netlink.RtnetlinkSocket.open();
      const path = `/proc/self/fd/${socket.fd}`;
      const target = readlinkSync(path);
      const under = socket.batch([netlink.newBridge({ ifname: 'late' })]);
      socket.close();
      socket.close();
      const [answer] = await under;
      const codes: string[] = [];
      const refused = await socket.batch([]).catch((error: { code: string }) => error.code);
      try {
        socket.links();
      } catch (error) {
        codes.push((error as { code: string }).code);
      }
      await new Promise((resolve) => setImmediate(resolve));
      const open = existsSync(path) && readlinkSync(path) === target;
      return { ok: answer?.ok, refused, codes, open, made: ip('link', 'show', 'late').length };
    });
    expect(seen).toEqual({ ok: true, refused: 'EBADF', codes: ['EBADF'], open: false, made: 1 });
  });

  it('that is empty has no answers', async () => {
    const answers = await inSandbox(async ({ netlink }) => {
      const socket = netlink.RtnetlinkSocket.open();
      return [await socket.batch([]), socket.batchSync([])];
    });
    expect(answers).toEqual([[], []]);
  });
});
