import { describe, expect, it } from 'vitest';
import { sysctlPath } from './key.js';

describe('the key of a sysctl', () => {
  it('is a path with dots or with slashes, as in sysctl(8)', () => {
    expect(sysctlPath('net.ipv4.ip_forward')).toBe('/proc/sys/net/ipv4/ip_forward');
    expect(sysctlPath('net.ipv4.conf.eth0/100.forwarding')).toBe('/proc/sys/net/ipv4/conf/eth0.100/forwarding');
    expect(sysctlPath('net/ipv4/conf/eth0.100/forwarding')).toBe('/proc/sys/net/ipv4/conf/eth0.100/forwarding');
    expect(sysctlPath('net.ipv6.conf.veth-ns1.accept_dad')).toBe('/proc/sys/net/ipv6/conf/veth-ns1/accept_dad');
  });

  it('leads nowhere else', () => {
    for (const key of [
      '',
      'net',
      'net.',
      'kernel.core_pattern',
      'net/../kernel/core_pattern',
      'net/./ipv4',
      'net//ipv4',
      'net.ipv4.$(id)',
      'net.ipv4.a b',
      'net.ipv4.x\n',
      'net.ipv4.x\0',
      '/net/ipv4/ip_forward',
      '../net/ipv4/ip_forward',
    ]) {
      expect(() => sysctlPath(key), JSON.stringify(key)).toThrow(RangeError);
    }
  });
});
