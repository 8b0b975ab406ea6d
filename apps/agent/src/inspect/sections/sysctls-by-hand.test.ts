import { expect, it } from 'vitest';
import { sysctlsByHand } from './sysctls-by-hand.js';

const row = (key: string, value: string, fresh: string | null, ifname: string | null = null) => ({
  key: `net.${key}`,
  value,
  fresh,
  ifname,
});

const told = (isRoot: boolean, ...rows: ReturnType<typeof row>[]) =>
  sysctlsByHand(isRoot, rows).map(({ key, value }) => `${key} = ${value}`);

it('tells what is not as in a new namespace', () => {
  expect(
    told(
      false,
      row('ipv4.conf.all.rp_filter', '1', '0'),
      row('ipv4.tcp_syncookies', '1', '1'),
      row('other', '7', null),
    ),
  ).toEqual(['net.ipv4.conf.all.rp_filter = 1']);
});

it('of a router tells nothing: forwarding is what it is; in the root namespace it is told', () => {
  const rows = [
    row('ipv4.ip_forward', '1', '0'),
    row('ipv4.conf.eth0.forwarding', '1', '0', 'eth0'),
    row('ipv4.conf.all.accept_redirects', '0', '1'),
    row('ipv6.conf.eth0.accept_dad', '0', '1', 'eth0'),
    row('ipv6.conf.all.forwarding', '1', '0'),
    row('ipv6.conf.eth0.forwarding', '1', '0', 'eth0'),
  ];
  expect(told(false, ...rows)).toEqual([]);
  expect(told(true, ...rows)).toEqual(['net.ipv4.ip_forward = 1', 'net.ipv6.conf.all.forwarding = 1']);
});

it('tells an interface that forwards where the others do not, and one of a router that does not', () => {
  expect(told(false, row('ipv4.ip_forward', '0', '0'), row('ipv4.conf.eth0.forwarding', '1', '0', 'eth0'))).toEqual([
    'net.ipv4.conf.eth0.forwarding = 1',
  ]);
  const router = [
    row('ipv6.conf.all.forwarding', '1', '0'),
    row('ipv6.conf.eth0.forwarding', '0', '0', 'eth0'),
    row('ipv6.conf.eth1.forwarding', '1', '0', 'eth1'),
  ];
  expect(told(false, ...router)).toEqual(['net.ipv6.conf.eth0.forwarding = 0']);
});

it('tells what an interface has for itself, also one with a dot in its name', () => {
  const rows = [
    row('ipv6.conf.all.disable_ipv6', '1', '0'),
    row('ipv6.conf.eth0.disable_ipv6', '1', '0', 'eth0'),
    row('ipv4.conf.eth0/10.proxy_arp', '1', '0', 'eth0.10'),
  ];
  expect(told(false, ...rows)).toEqual(['net.ipv6.conf.all.disable_ipv6 = 1', 'net.ipv4.conf.eth0/10.proxy_arp = 1']);
});
