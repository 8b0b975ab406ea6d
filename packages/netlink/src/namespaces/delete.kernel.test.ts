import { describe, expect, it } from 'vitest';
import { inSandbox } from '../testing/sandbox.js';

describe('namespaces', () => {
  it('are gone when deleted, also while another mount namespace has a copy of the name', async () => {
    const seen = await inSandbox(async ({ netlink, run, start, until }) => {
      const { readdirSync, writeFileSync, readFileSync } = process.getBuiltinModule('node:fs');
      const fds = () => readdirSync('/proc/self/fd').length;
      netlink.createNamespace('witness').close();
      // From here on: the first visit keeps one descriptor, of where this thread is at home.
      const before = fds();
      // A process in another namespace keeps a copy of the whole mount table for as long as it lives.
      netlink.createNamespace('victim').close();
      const witness = start('ip', 'netns', 'exec', 'witness', 'sleep', '60');
      await until(() => run('ip', 'netns', 'pids', 'witness').trim() !== '');
      const copies = () => readFileSync(`/proc/${witness.pid}/mounts`, 'utf8').includes('/run/netns/victim');
      const copied = copies();
      netlink.deleteNamespace('victim');
      const still = copies();
      writeFileSync('/run/netns/leftover', '');
      netlink.deleteNamespace('leftover');
      writeFileSync('/run/netns/data', 'not ours');
      const codes: string[] = [];
      for (const name of ['victim', 'data']) {
        try {
          netlink.deleteNamespace(name);
        } catch (error) {
          codes.push((error as { code: string }).code);
        }
      }
      witness.kill('SIGKILL');
      for (let round = 0; round < 50; round++) {
        const handle = netlink.createNamespace(`n${round}`);
        netlink.RtnetlinkSocket.open(handle).close();
        handle.close();
        handle.close();
        netlink.deleteNamespace(`n${round}`);
      }
      await until(() => fds() <= before);
      return { copied, still, codes, left: readdirSync('/run/netns').sort(), descriptors: fds() - before };
    });
    expect(seen.copied).toBe(true);
    expect(seen.still).toBe(false);
    expect(seen.codes).toEqual(['ENOENT', 'EINVAL']);
    expect(seen.left).toEqual(['data', 'witness']);
    expect(seen.descriptors).toBeLessThanOrEqual(0);
  });

  it('are really freed once nothing holds them: the other ends of their pairs go', async () => {
    const seen = await inSandbox(async ({ netlink, must, until }) => {
      const root = netlink.RtnetlinkSocket.open();
      const ends = () => root.links().length - 1;
      const sockets = Array.from({ length: 20 }, (_, index) => {
        const handle = netlink.createNamespace(`n${index}`);
        const b = { ifname: 'eth0', ifindex: 1000 + index, namespaceFd: handle.fd };
        must(root, [netlink.newVeth({ a: { ifname: `v${index}`, ifindex: 100 + index }, b })]);
        const socket = netlink.RtnetlinkSocket.open(handle);
        handle.close();
        return socket;
      });
      for (let index = 0; index < 20; index++) netlink.deleteNamespace(`n${index}`);
      const held = ends();
      for (const socket of sockets) socket.close();
      await until(() => ends() === 0);
      return { held, named: netlink.listNamespaces().length };
    });
    expect(seen).toEqual({ held: 20, named: 0 });
  });
});
