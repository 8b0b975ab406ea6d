import { describe, expect, it } from 'vitest';
import { inSandbox } from '../testing/sandbox.js';

describe('sysctls', () => {
  it('are read and set in the namespace that is named, and nowhere else', async () => {
    const seen = await inSandbox(({ netlink, run }) => {
      const a = netlink.createNamespace('a');
      run('ip', '-n', 'a', 'link', 'add', 'eth0.5', 'type', 'bridge');
      netlink.writeSysctl(a, 'net.ipv4.ip_forward', '1');
      netlink.writeSysctl(a, 'net.ipv4.conf.eth0/5.rp_filter', '2');
      const codes = [
        ['net.ipv4.nothing', '1'],
        ['net.ipv4.ip_forward', 'perhaps'],
        ['net.ipv4.../../../etc/passwd', '1'],
      ].map(([key = '', value = '']) => {
        try {
          netlink.writeSysctl(a, key, value);
          return 'done';
        } catch (error) {
          return (error as { code?: string }).code ?? (error as Error).name;
        }
      });
      return {
        there: netlink.readSysctl(a, 'net.ipv4.ip_forward'),
        here: netlink.readSysctl(null, 'net.ipv4.ip_forward'),
        dotted: netlink.readSysctl(a, 'net/ipv4/conf/eth0.5/rp_filter'),
        theirs: run('ip', 'netns', 'exec', 'a', 'sysctl', '-n', 'net.ipv4.ip_forward').trim(),
        codes,
      };
    });
    expect(seen).toEqual({
      there: '1',
      here: '0',
      dotted: '2',
      theirs: '1',
      codes: ['ENOENT', 'EINVAL', 'RangeError'],
    });
  });
});

describe('a watch over sysctls', () => {
  it('hears what others write in a namespace that it watches, and nothing of the others', async () => {
    const seen = await inSandbox(async ({ netlink, run, until }) => {
      const poller = new netlink.Poller();
      const heard: string[] = [];
      const inotify = new netlink.Inotify(poller, () => heard.push('lost'));
      const folders = [['ipv4'], ['ipv4', 'conf', 'all'], ['ipv6', 'conf', 'all'], ['nothing']];
      const [first] = ['a', 'b'].map((name) =>
        netlink.inNamespace(netlink.createNamespace(name), () =>
          netlink.watchSysctls(inotify, folders, (file) => heard.push(`${name} ${file}`)),
        ),
      );
      netlink.createNamespace('c');
      const set = (name: string, ...words: string[]) => run('ip', 'netns', 'exec', name, 'sysctl', '-qw', ...words);
      const heardOf = (line: string) => until(() => heard.includes(line));
      set('c', 'net.ipv4.icmp_echo_ignore_all=1');
      set('a', 'net.ipv4.icmp_echo_ignore_all=1');
      await heardOf('a icmp_echo_ignore_all');
      set('b', 'net.ipv4.conf.all.rp_filter=2', 'net.ipv6.conf.all.disable_ipv6=1');
      await heardOf('b disable_ipv6');
      // Reading says nothing.
      run('ip', 'netns', 'exec', 'a', 'sysctl', '-q', 'net.ipv4.ip_forward');
      first?.forget();
      set('a', 'net.ipv4.ip_forward=1');
      run('ip', 'netns', 'del', 'a');
      set('b', 'net.ipv4.ip_default_ttl=7');
      await heardOf('b ip_default_ttl');
      inotify.close();
      inotify.close();
      poller.close();
      return [...new Set(heard)];
    });
    expect(seen).toEqual(['a icmp_echo_ignore_all', 'b rp_filter', 'b disable_ipv6', 'b ip_default_ttl']);
  });

  it('says when the machine has no room for another one, and leaves nothing behind', async () => {
    const seen = await inSandbox(({ netlink }) => {
      const { writeFileSync } = process.getBuiltinModule('node:fs');
      // In a user namespace the limit is its own, beside the machine's.
      writeFileSync('/proc/sys/user/max_inotify_watches', '1');
      const poller = new netlink.Poller();
      const inotify = new netlink.Inotify(poller, () => undefined);
      const watch = (...folders: string[][]) => netlink.watchSysctls(inotify, folders, () => undefined);
      const codes: string[] = [];
      for (let round = 0; round < 2; round++) {
        try {
          watch(['ipv4'], ['ipv4', 'conf', 'all']);
        } catch (error) {
          codes.push((error as { code: string }).code);
        }
      }
      const one = watch(['ipv4']);
      for (const part of ['..', '.', '', 'a/b']) {
        try {
          watch(['ipv4', part]);
        } catch (error) {
          codes.push((error as Error).name);
        }
      }
      inotify.close();
      poller.close();
      return { codes, isWatched: typeof one.forget };
    });
    const outside = Array.from({ length: 4 }, () => 'RangeError');
    expect(seen).toEqual({ codes: ['ENOSPC', 'ENOSPC', ...outside], isWatched: 'function' });
  });
});
