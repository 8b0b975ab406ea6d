import { expect, it } from 'vitest';
import { lanChains, type TurnedOn } from './lan-chains.js';

function linesOf(turned: TurnedOn): string[] {
  return lanChains(turned).flatMap(({ rules }) =>
    rules.map(({ match, action }) => `${Object.values(match).join(' ')} ${action.kind}`),
  );
}

const ways = ['vl-out0', 'vl-out3'];
const passing = ['vl-out0 accept', 'vl-out0 accept', 'vl-out3 accept', 'vl-out3 accept'];

it('what arrives where we turned forwarding on goes to a way out or nowhere', () => {
  expect(linesOf({ ways, ipv4: ['eth0'], ipv6: ['eth0', 'eth1'] })).toEqual([
    ...passing,
    'eth0 ipv4 drop',
    'eth0 ipv6 drop',
    'eth1 ipv6 drop',
  ]);
});

it('where IPv6 has one switch for all, only what forwarded before goes on', () => {
  expect(linesOf({ ways, ipv4: [], ipv6: { allBut: ['eth1'] } })).toEqual([
    ...passing,
    'eth1 ipv6 accept',
    'ipv6 drop',
  ]);
});

it('on a machine that forwards anyway there is nothing to hold back', () => {
  expect(lanChains({ ways, ipv4: [], ipv6: [] })).toEqual([]);
});
