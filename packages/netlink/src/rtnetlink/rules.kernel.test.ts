import { describe, expect, it } from 'vitest';
import { inSandbox } from '../testing/sandbox.js';

// biome-ignore lint/suspicious/noExplicitAny: what iproute2 prints has no types.
type Theirs = any;

describe('rules of policy routing', () => {
  it('are all told, each of theirs like one of ours', async () => {
    const seen = await inSandbox(({ netlink, ipIn, run }) => {
      const a = netlink.createNamespace('a');
      const socket = netlink.RtnetlinkSocket.open(a);
      const rule = (...words: string[]) => run('ip', '-n', 'a', ...words);
      rule('rule', 'add', 'from', '10.0.0.0/24', 'lookup', '100', 'pref', '1000');
      rule('rule', 'add', 'not', 'to', '10.1.0.0/16', 'fwmark', '0x10/0xff', 'lookup', '5000', 'pref', '1001');
      rule('rule', 'add', 'iif', 'nowhere0', 'blackhole', 'pref', '1002');
      rule('rule', 'add', 'ipproto', 'tcp', 'sport', '10-20', 'dport', '443', 'lookup', 'main', 'pref', '1003');
      rule('rule', 'add', 'uidrange', '0-0', 'prohibit', 'pref', '1004');
      rule('rule', 'add', 'from', 'all', 'goto', '32766', 'pref', '1005');
      rule('rule', 'add', 'lookup', 'main', 'suppress_prefixlength', '0', 'pref', '1006');
      rule('-6', 'rule', 'add', 'from', 'fd00::/64', 'oif', 'lo', 'unreachable', 'pref', '2000');
      return {
        ours: socket.rules(),
        only6: socket.rules({ family: 6 }).length,
        theirs4: ipIn('a', '-4', 'rule'),
        theirs6: ipIn('a', '-6', 'rule'),
      };
    });
    const tableNames: Readonly<Record<string, number>> = { local: 255, main: 254, default: 253 };
    const range = (start: unknown, end: unknown) => (start === undefined ? null : { start, end: end ?? start });
    const number = (value: unknown) => (value === undefined ? null : Number(value));
    const theirsOf = (family: 4 | 6) => (entry: Theirs) => ({
      family,
      priority: entry.priority,
      src: entry.src === 'all' ? null : entry.src,
      srcPrefixLength: entry.srclen ?? 0,
      dst: entry.dst ?? null,
      dstPrefixLength: entry.dstlen ?? 0,
      invert: entry.not !== undefined,
      iif: entry.iif ?? null,
      oif: entry.oif ?? null,
      iifDetached: entry.iif_detached !== undefined,
      fwmark: number(entry.fwmark),
      fwmask: entry.fwmark === undefined ? null : number(entry.fwmask ?? 0xffff_ffff),
      table: entry.table === undefined ? 0 : (tableNames[entry.table] ?? Number(entry.table)),
      action: entry.table === undefined ? (entry.goto === undefined ? entry.action : 'goto') : 'table',
      goto: entry.goto ?? null,
      sourcePorts: range(entry.sport ?? entry.sport_start, entry.sport_end),
      destinationPorts: range(entry.dport ?? entry.dport_start, entry.dport_end),
      uids: range(entry.uid_start, entry.uid_end),
      suppressPrefixLength: entry.suppress_prefixlen ?? null,
    });
    const theirs = [...seen.theirs4.map(theirsOf(4)), ...seen.theirs6.map(theirsOf(6))];
    const ours = seen.ours.map(
      ({ oifDetached: _o, tos: _t, ipProtocol: _i, l3mdev: _l, protocol: _p, ...rest }) => rest,
    );
    expect(ours.length).toBe(13);
    expect(ours).toEqual(theirs);
    expect(seen.ours.find(({ priority }) => priority === 1003)?.ipProtocol).toBe(6);
    expect(seen.only6).toBe(3);
  });

  it('are made and removed as asked', async () => {
    const seen = await inSandbox(({ netlink, ipIn, must }) => {
      const socket = netlink.RtnetlinkSocket.open(netlink.createNamespace('a'));
      const rule = { family: 4, priority: 77, src: '10.0.0.0', srcPrefixLength: 8, iif: 'x0', table: 1234 } as const;
      must(socket, [netlink.newRule(rule)]);
      const [again] = socket.batchSync([netlink.newRule(rule)]);
      const made = ipIn('a', 'rule').find((entry: { priority: number }) => entry.priority === 77);
      must(socket, [netlink.deleteRule(rule)]);
      const [gone] = socket.batchSync([netlink.deleteRule(rule)]);
      const code = (answer: typeof gone) => (answer?.ok === false ? answer.error.code : 'done');
      return { made, again: code(again), gone: code(gone), left: ipIn('a', 'rule').length };
    });
    expect(seen.made).toMatchObject({ src: '10.0.0.0', srclen: 8, iif: 'x0', table: '1234' });
    expect(seen).toMatchObject({ again: 'EEXIST', gone: 'ENOENT', left: 3 });
  });
});

describe('forwarding tables of bridges', () => {
  it('are all told, each of theirs like one of ours', async () => {
    const seen = await inSandbox(async ({ netlink, run, until }) => {
      const socket = netlink.RtnetlinkSocket.open(netlink.createNamespace('sw'));
      socket.batchSync([
        netlink.newBridge({ ifname: 'br0', ifindex: 10, up: true }),
        netlink.newBridge({ ifname: 'br1', ifindex: 11, up: true }),
        netlink.newVeth({ a: { ifname: 'p1', ifindex: 12 }, b: { ifname: 'p2', ifindex: 13 } }),
        netlink.setLink({ ifindex: 12, master: 10, up: true }),
        netlink.setLink({ ifindex: 13, master: 11, up: true }),
      ]);
      const add = (...words: string[]) => run('bridge', '-n', 'sw', 'fdb', 'add', ...words);
      add('02:00:00:00:00:01', 'dev', 'p1', 'master', 'static');
      add('02:00:00:00:00:02', 'dev', 'p2', 'master', 'dynamic');
      add('02:00:00:00:00:03', 'dev', 'p1', 'master');
      // The bridges talk to each other and learn meanwhile: a reading counts when nothing was learned during it.
      const both = await until(() => {
        const ours = socket.fdb();
        const theirs = JSON.parse(run('bridge', '-j', '-n', 'sw', 'fdb', 'show')) as Theirs[];
        return JSON.stringify(socket.fdb()) === JSON.stringify(ours) && { ours, theirs };
      });
      return {
        ...both,
        ofOne: socket.fdb({ bridge: 10 }).map(({ mac }) => mac),
        ofNobody: socket.fdb({ bridge: 99 }).length,
        names: Object.fromEntries(socket.links().map((link) => [link.ifindex, link.ifname])),
      };
    });
    const theirs = seen.theirs.map((entry) => ({
      dev: entry.ifname,
      mac: entry.mac,
      master: entry.master ?? null,
      vlan: entry.vlan ?? null,
      state: entry.state === '' || entry.state === undefined ? 'learned' : entry.state,
      self: entry.flags.includes('self'),
    }));
    const ours = seen.ours.map(({ ifindex, master, remote: _r, ...rest }) => ({
      dev: seen.names[ifindex],
      ...rest,
      master: master === null ? null : seen.names[master],
    }));
    expect(ours.length).toBeGreaterThan(6);
    const order = (a: object, b: object) =>
      JSON.stringify(Object.entries(a).sort()).localeCompare(JSON.stringify(Object.entries(b).sort()));
    expect(ours.sort(order)).toEqual(theirs.sort(order));
    expect(seen.ofOne).toContain('02:00:00:00:00:03');
    expect(seen.ofOne).not.toContain('02:00:00:00:00:02');
    expect(seen.ofNobody).toBe(0);
  });
});
