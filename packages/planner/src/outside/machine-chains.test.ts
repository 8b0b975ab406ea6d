import type { Cidr, IpAddress } from '@vethlab/topology';
import { expect, it } from 'vitest';
import { type MachineSide, machineChains, type Transit } from './machine-chains.js';

const transit: Transit = {
  ifname: 'vl-out0',
  machine: '198.19.255.253' as IpAddress,
  guard: '198.19.255.254' as IpAddress,
  network: '198.19.255.252/30' as Cidr,
  machine6: 'fdff:ffff:fffe::1' as IpAddress,
  guard6: 'fdff:ffff:fffe::2' as IpAddress,
  network6: 'fdff:ffff:fffe::/64' as Cidr,
};

function linesOf(side: Partial<MachineSide>): string[] {
  const all = { transit, outward: ['eth0'], hostPorts: [], nameServer: '198.18.0.3', resolver: '192.0.2.53', ...side };
  return machineChains(all).flatMap(({ base, rules }) =>
    rules.map(({ match, action }) => {
      const words = Object.entries(match).map(([key, value]) => `${key} ${value}`);
      return [base.hook, ...words, action.kind, ...('to' in action ? [action.to] : [])].join(' ');
    }),
  );
}

const asked = [
  'prerouting in vl-out0 to 198.18.0.3 protocol udp port 53 dnat 192.0.2.53',
  'prerouting in vl-out0 to 198.18.0.3 protocol tcp port 53 dnat 192.0.2.53',
];

const closed = [
  'input in vl-out0 state established,related accept',
  'input in vl-out0 to 127.0.0.0/8 reject',
  'input in vl-out0 to 198.19.255.253 reject',
  'input in vl-out0 protocol icmpv6 accept',
  'input in vl-out0 to fdff:ffff:fffe::1 reject',
];
const passing = [
  'forward in vl-out0 out eth0 accept',
  'forward in vl-out0 reject',
  'forward out vl-out0 state established,related accept',
  'forward out vl-out0 drop',
];
const leaving = [
  'postrouting from 198.19.255.252/30 out eth0 masquerade',
  'postrouting from fdff:ffff:fffe::/64 out eth0 masquerade',
];

it('what comes from a guard leaves by the default interfaces only, and nothing of the machine is open', () => {
  expect(linesOf({})).toEqual([...asked, ...closed, ...passing, ...leaving]);
});

it('an opened port is found at the machine’s end, and nowhere else', () => {
  expect(linesOf({ hostPorts: [8080] })).toEqual([
    'prerouting in vl-out0 to 198.19.255.253 protocol tcp port 8080 dnat 127.0.0.1',
    ...asked,
    'input from 198.19.255.252/30 to 127.0.0.1 protocol tcp port 8080 snat 127.0.0.1',
    closed[0],
    'input in vl-out0 to 127.0.0.1 protocol tcp port 8080 accept',
    ...closed.slice(1),
    ...passing,
    ...leaving,
  ]);
});

it('names are asked of the machine’s own name server: on its loopback, or elsewhere', () => {
  const toLoopback = linesOf({ resolver: '127.0.0.53' });
  expect(toLoopback.filter((line) => line.includes('port 53'))).toEqual([
    'prerouting in vl-out0 to 198.18.0.3 protocol udp port 53 dnat 127.0.0.53',
    'prerouting in vl-out0 to 198.18.0.3 protocol tcp port 53 dnat 127.0.0.53',
    'input from 198.19.255.252/30 to 127.0.0.53 protocol udp port 53 snat 127.0.0.1',
    'input from 198.19.255.252/30 to 127.0.0.53 protocol tcp port 53 snat 127.0.0.1',
    'input in vl-out0 to 127.0.0.53 protocol udp port 53 accept',
    'input in vl-out0 to 127.0.0.53 protocol tcp port 53 accept',
  ]);
  expect(linesOf({ resolver: '192.0.2.53' }).filter((line) => line.includes('port 53'))).toEqual(asked);
  expect(linesOf({ resolver: null })).toEqual([
    ...closed,
    'forward in vl-out0 to 198.18.0.3 reject',
    ...passing,
    ...leaving,
  ]);
});

it('a machine whose default routes have gone lets nothing pass', () => {
  expect(linesOf({ outward: [] })).toEqual([...asked, ...closed, ...passing.slice(1)]);
});
