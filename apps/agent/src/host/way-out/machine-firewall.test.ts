import type { NftChain } from '@vethlab/netlink';
import { expect, it } from 'vitest';
import { firewallInTheWay } from './machine-firewall.js';

const rule = { handle: 1, rule: null, counter: null };

function chain(
  family: string,
  hook: 'forward' | 'input',
  policy: 'accept' | 'drop',
  rules = 0,
  table = 'filter',
): NftChain {
  const base = { type: 'filter', hook, priority: 0, policy } as const;
  return {
    family,
    table,
    name: hook.toUpperCase(),
    base,
    isBase: true,
    rules: Array.from({ length: rules }, () => rule),
  };
}

const forAll = { handle: 1, rule: { match: {}, action: { kind: 'reject' } }, counter: null } as const;
const ours = (table: string) => table === 'vl-out0';

it.each<[string, NftChain[], string | null]>([
  ['no rules at all', [], null],
  ['a chain that drops what nobody has let through', [chain('ip', 'forward', 'drop')], 'ip filter, chain FORWARD'],
  ['a chain with rules, whatever they say', [chain('inet', 'forward', 'accept', 1)], 'inet filter, chain FORWARD'],
  ['a chain that says nothing', [chain('ip', 'forward', 'accept')], null],
  ['a firewall for the machine alone', [chain('ip', 'input', 'drop', 3)], null],
  ['the tables of ways out', [chain('inet', 'forward', 'accept', 3, 'vl-out0')], null],
])('of what passes: %s', (_, chains, found) => {
  expect(firewallInTheWay(chains, ours, false)).toBe(found);
});

it.each<[string, NftChain[], string | null]>([
  ['a machine that drops what nobody has let through', [chain('ip', 'input', 'drop')], 'ip filter, chain INPUT'],
  [
    'one that refuses it by its last rule',
    [{ ...chain('inet', 'input', 'accept', 2), rules: [rule, forAll] }],
    'inet filter, chain INPUT',
  ],
  ['one that closes some ports', [chain('inet', 'input', 'accept', 2)], null],
  ['ours', [chain('inet', 'input', 'drop', 0, 'vl-out0')], null],
])('where something of the machine is asked for: %s', (_, chains, found) => {
  expect(firewallInTheWay(chains, ours, true)).toBe(found);
});
