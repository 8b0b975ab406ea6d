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
