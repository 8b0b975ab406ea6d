import { expect, it } from 'vitest';
import { beyondLine, beyondText } from './beyond-words';

it('under a node a sysctl stands without what all of them begin with, and in a list whole', () => {
  const sysctl = (text: string) => ({ kind: 'sysctl', text }) as const;
  expect(beyondText([])).toBeNull();
  expect(beyondText([sysctl('net.ipv4.icmp_echo_ignore_all = 1')])).toBe('icmp_echo_ignore_all = 1');
  expect(beyondText([sysctl('net.ipv4.conf.eth0.rp_filter = 1')])).toBe('eth0.rp_filter = 1');
  expect(beyondText([sysctl('net.ipv6.conf.all.accept_ra = 0')])).toBe('ipv6 all.accept_ra = 0');
  expect(beyondLine(sysctl('net.ipv4.icmp_echo_ignore_all = 1'))).toBe('net.ipv4.icmp_echo_ignore_all = 1');
});

it('several are counted', () => {
  const rule = { kind: 'rule', text: 'from all lookup 7' } as const;
  expect(beyondText([rule])).toBe('rule from all lookup 7');
  expect(beyondText([rule, rule])).toBe('2 in the kernel only');
});
