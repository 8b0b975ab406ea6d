import { describe, expect, it } from 'vitest';
import { inSandbox } from '../testing/sandbox.js';

describe('namespaces', () => {
  it('are seen by iproute2, and iproute2’s are seen by us, with the same inodes', async () => {
    const seen = await inSandbox(({ netlink, ip, run }) => {
      netlink.createNamespace('ours').close();
      run('ip', 'netns', 'add', 'theirs');
      const inode = (name: string) => Number(run('stat', '-L', '-c', '%i', `/run/netns/${name}`));
      return {
        names: ip('netns', 'list').map((entry: { name: string }) => entry.name),
        listed: netlink.listNamespaces().map(({ name, inode }) => ({ name, inode })),
        stat: { ours: inode('ours'), theirs: inode('theirs') },
        entered: Number(run('ip', 'netns', 'exec', 'ours', 'stat', '-L', '-c', '%i', '/proc/self/ns/net')),
      };
    });
    expect(new Set(seen.names)).toEqual(new Set(['ours', 'theirs']));
    expect(seen.listed).toEqual([
      { name: 'ours', inode: seen.stat.ours },
      { name: 'theirs', inode: seen.stat.theirs },
    ]);
    expect(seen.entered).toBe(seen.stat.ours);
  });

  it('can be without a name, for as long as something holds them, with a number that the kernel chooses', async () => {
    const seen = await inSandbox(({ netlink, ip }) => {
      const home = netlink.currentNamespace().inode;
      const held = netlink.inNewNamespace(() => ({
        handle: netlink.currentNamespace(),
        socket: netlink.RtnetlinkSocket.open(),
      }));
      const root = netlink.RtnetlinkSocket.open();
      const before = root.nsidOf(held.handle.fd);
      root.setNsid(held.handle.fd, null);
      return {
        back: netlink.currentNamespace().inode === home,
        other: held.handle.inode !== home,
        links: held.socket.links().map(({ ifname }) => ifname),
        names: ip('netns', 'list'),
        before,
        after: root.nsidOf(held.handle.fd),
      };
    });
    expect(seen).toEqual({
      back: true,
      other: true,
      links: ['lo'],
      names: [],
      before: null,
      after: expect.any(Number),
    });
  });

  it('leave the thread where it was, also when the visit fails', async () => {
    const seen = await inSandbox(({ netlink }) => {
      const home = netlink.currentNamespace().inode;
      const there = netlink.createNamespace('there');
      const here = () => netlink.currentNamespace().inode;
      const after = [here()];
      const visited = netlink.inNamespace(there, here);
      after.push(here());
      let failed = '';
      try {
        netlink.inNamespace(there, () => {
          throw new Error('on purpose');
        });
      } catch (error) {
        failed = String(error);
      }
      after.push(here());
      const nested = netlink.inNamespace(there, () => netlink.inNamespace(netlink.createNamespace('inner'), here));
      after.push(here());
      return { home, there: there.inode, visited, after, failed, nested };
    });
    expect(seen.visited).toBe(seen.there);
    expect(seen.after).toEqual([seen.home, seen.home, seen.home, seen.home]);
    expect(seen.failed).toContain('on purpose');
    expect([seen.home, seen.there]).not.toContain(seen.nested);
  });

  it('end the process rather than go on in a foreign namespace', async () => {
    const ended = inSandbox(({ netlink, run }) => {
      const there = netlink.createNamespace('there');
      const home = run('readlink', '/proc/self/ns/net').trim();
      netlink.inNamespace(there, () => {
        // Close the way back: whatever descriptor leads home.
        const { readdirSync, readlinkSync, closeSync } = process.getBuiltinModule('node:fs');
        for (const fd of readdirSync('/proc/self/fd')) {
          try {
            if (readlinkSync(`/proc/self/fd/${fd}`) === home) closeSync(Number(fd));
          } catch (error) {
            // The descriptor of the folder being read is gone by now.
            if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
          }
        }
      });
      return 'went on';
    });
    await expect(ended).rejects.toThrow(/cannot go back to its network namespace/);
  });

  it('refuse a name that is taken, by whatever, and leave nothing half-made behind', async () => {
    const seen = await inSandbox(({ netlink, run }) => {
      const { writeFileSync, readdirSync } = process.getBuiltinModule('node:fs');
      const code = (work: () => unknown) => {
        try {
          work();
          return 'done';
        } catch (error) {
          return (error as { code?: string; name: string }).code ?? (error as Error).name;
        }
      };
      netlink.createNamespace('a').close();
      writeFileSync('/run/netns/file', '');
      const codes = {
        taken: code(() => netlink.createNamespace('a')),
        file: code(() => netlink.createNamespace('file')),
        outside: code(() => netlink.createNamespace('../x')),
        dots: code(() => netlink.createNamespace('..')),
        nul: code(() => netlink.createNamespace('a\0b')),
        missing: code(() => netlink.openNamespace('nobody')),
        notOne: code(() => netlink.openNamespace('file')),
      };
      // The kernel has no room for one more: the name must be free afterwards.
      writeFileSync('/proc/sys/user/max_net_namespaces', '1');
      const full = code(() => netlink.createNamespace('late'));
      const fds = readdirSync('/proc/self/fd').length;
      for (let round = 0; round < 20; round++) code(() => netlink.createNamespace('late'));
      return {
        codes,
        full,
        left: readdirSync('/run/netns'),
        listed: netlink.listNamespaces().map(({ name }) => name),
        leaked: readdirSync('/proc/self/fd').length - fds,
        mounts: run('grep', '-c', '/run/netns/', '/proc/self/mounts').trim(),
      };
    });
    expect(seen.codes).toEqual({
      taken: 'EEXIST',
      file: 'EEXIST',
      outside: 'RangeError',
      dots: 'RangeError',
      nul: 'RangeError',
      missing: 'ENOENT',
      notOne: 'EINVAL',
    });
    expect(seen.full).toBe('ENOSPC');
    expect(seen.left.sort()).toEqual(['a', 'file']);
    expect(seen.listed).toEqual(['a']);
    expect(seen.leaked).toBe(0);
    expect(seen.mounts).toBe('1');
  });

  it('keep their inode, their interfaces and their processes when renamed', async () => {
    const seen = await inSandbox(async ({ netlink, run, start, ip, until }) => {
      const handle = netlink.createNamespace('before');
      run('ip', '-n', 'before', 'link', 'add', 'br0', 'type', 'bridge');
      const sleeper = start('ip', 'netns', 'exec', 'before', 'sleep', '60');
      await until(() => run('ip', 'netns', 'pids', 'before').trim() !== '');
      netlink.renameNamespace('before', 'after');
      const refusals: string[] = [];
      netlink.createNamespace('other').close();
      for (const [from, to] of [
        ['before', 'x'],
        ['after', 'other'],
      ] as const) {
        try {
          netlink.renameNamespace(from, to);
        } catch (error) {
          refusals.push((error as { code: string }).code);
        }
      }
      const result = {
        inode: handle.inode,
        names: netlink.listNamespaces().filter(({ inode }) => inode === handle.inode),
        iproute2: ip('netns', 'list').map((entry: { name: string }) => entry.name),
        links: run('ip', '-n', 'after', '-br', 'link'),
        pids: run('ip', 'netns', 'pids', 'after').trim() === String(sleeper.pid),
        refusals,
      };
      sleeper.kill('SIGKILL');
      return result;
    });
    expect(seen.names).toEqual([{ name: 'after', inode: seen.inode }]);
    expect(new Set(seen.iproute2)).toEqual(new Set(['after', 'other']));
    expect(seen.links).toContain('br0');
    expect(seen.pids).toBe(true);
    expect(seen.refusals).toEqual(['ENOENT', 'EEXIST']);
  });

  it('work for an ordinary user, from the first namespace to a ping', async () => {
    const seen = await inSandbox(
      async ({ netlink, must, until, run }) => {
        const [left, right] = ['left', 'right'].map((name) => netlink.createNamespace(name));
        if (left === undefined || right === undefined) throw new Error('two were made');
        const root = netlink.RtnetlinkSocket.open();
        const leftEnd = { ifname: 'eth0', ifindex: 10, namespaceFd: left.fd };
        must(root, [netlink.newVeth({ a: leftEnd, b: { ifname: 'eth0', ifindex: 11, namespaceFd: right.fd } })]);
        for (const [handle, ifindex] of [
          [left, 10],
          [right, 11],
        ] as const) {
          const socket = netlink.RtnetlinkSocket.open(handle);
          const address = netlink.newAddress({ ifindex, address: `10.0.0.${ifindex}`, prefixLength: 24 });
          must(socket, [address, netlink.setLink({ ifindex, up: true })]);
        }
        const echo = netlink.EchoSocket.open(left, 4);
        const sent = echo.send({ destination: '10.0.0.11', identifier: 7, sequence: 1 });
        const [reply] = await until(() => {
          const events = echo.receive();
          return events.length > 0 && events;
        });
        netlink.writeSysctl(right, 'net.ipv4.ip_forward', '1');
        const forwards = netlink.RtnetlinkSocket.open(right).netconf().ipv4.forwarding;
        return { sent: sent.ok, kind: reply?.kind ?? '', forwards, realUser: run('cat', '/proc/self/uid_map').trim() };
      },
      { ordinaryUser: true },
    );
    expect(seen).toMatchObject({ sent: true, kind: 'reply', forwards: true });
    expect(seen.realUser.split(/\s+/)[1]).not.toBe('0');
  });
});
