import { liveTextMax } from '@vethlab/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundTables } from './bound-tables.js';
import type { Json } from './json-value.js';
import { parseIptablesSave } from './parse-iptables-save.js';
import { readRuleset } from './read-ruleset.js';
import { renderStatement } from './render-statement.js';

const ruleset = (...items: Json[]): Json => ({ nftables: [{ metainfo: { version: '9' } }, ...items] });
const table = { table: { family: 'ip', name: 't', handle: 1 } };
const chain = { chain: { family: 'ip', table: 't', name: 'c', handle: 2 } };

describe('the JSON of nft', () => {
  it.each<[Json, string]>([
    [
      {
        match: {
          op: '==',
          left: { payload: { protocol: 'tcp', field: 'dport' } },
          right: { set: [22, { range: [80, 90] }] },
        },
      },
      'tcp dport { 22, 80-90 }',
    ],
    [{ match: { op: '!=', left: { meta: { key: 'iifname' } }, right: 'eth0' } }, 'iifname != eth0'],
    [
      { match: { op: 'in', left: { ct: { key: 'state' } }, right: ['established', 'related'] } },
      'ct state established,related',
    ],
    [{ dnat: { addr: '10.0.0.2', port: 80 } }, 'dnat to 10.0.0.2:80'],
    [{ masquerade: { flags: 'random' } }, 'masquerade random'],
    [{ masquerade: null }, 'masquerade'],
    [{ reject: { type: 'icmp', expr: 'host-prohibited' } }, 'reject with icmp host-prohibited'],
    [{ limit: { rate: 5, per: 'second', inv: true } }, 'limit rate over 5/second'],
    [
      { vmap: { key: { payload: { protocol: 'tcp', field: 'dport' } }, data: { set: [[22, { accept: null }]] } } },
      'tcp dport vmap { 22 : accept }',
    ],
    [{ log: { prefix: 'a "b"' } }, 'log prefix "a \\"b\\""'],
    [{ counter: { packets: 1, bytes: 2 } }, ''],
    [{ 'something new': { deep: [1, { a: 'b' }] } }, '{"something new":{"deep":[1,{"a":"b"}]}}'],
  ])('of a statement is told in the words of nft: %j', (statement, words) => {
    expect(renderStatement(statement)).toBe(words);
  });

  it('of any shape is read without an error, and texts are bounded', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (expr, whole) => {
        readRuleset(whole as Json);
        const { tables } = readRuleset(
          ruleset(table, chain, { rule: { family: 'ip', table: 't', chain: 'c', handle: 3, expr: [expr as Json] } }),
        );
        expect(tables[0]?.chains[0]?.rules[0]?.text.length).toBeLessThanOrEqual(liveTextMax);
      }),
      { numRuns: 500 },
    );
  });

  it('with hostile names reaches no prototype', () => {
    const hostile = JSON.parse(
      '{"nftables":[{"table":{"family":"ip","name":"__proto__"}},{"chain":{"family":"ip","table":"__proto__","name":"constructor"}},{"rule":{"family":"ip","table":"__proto__","chain":"constructor","handle":1,"comment":"<script>","expr":[{"__proto__":{"polluted":1}}]}}]}',
    ) as Json;
    const { tables } = readRuleset(hostile);
    expect(tables[0]).toMatchObject({
      name: '__proto__',
      chains: [{ name: 'constructor', rules: [{ comment: '<script>' }] }],
    });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('with thousands of rules is cut, and says how many there are', () => {
    const rules = Array.from(
      { length: 2_000 },
      (_, index): Json => ({ rule: { family: 'ip', table: 't', chain: 'c', handle: index, expr: [{ accept: null }] } }),
    );
    const bounded = boundTables(readRuleset(ruleset(table, chain, ...rules)).tables, null);
    expect(bounded.total).toBe(2_000);
    expect(bounded.tables[0]?.chains[0]?.rules).toHaveLength(500);
  });
});

it('the text of iptables-save is told by table and chain, with what was counted', () => {
  const text =
    '# Generated\n*nat\n:POSTROUTING ACCEPT [3:180]\n:own - [0:0]\n[2:120] -A POSTROUTING -o e0 -j MASQUERADE\n[0:0] -A own -m comment --comment "a -A b" -j RETURN\nCOMMIT\n';
  expect(parseIptablesSave(text, 'ip6tables-legacy')).toEqual([
    {
      source: 'ip6tables-legacy',
      family: 'ip6',
      name: 'nat',
      sets: [],
      chains: [
        {
          name: 'POSTROUTING',
          hook: 'postrouting',
          policy: 'accept',
          rules: [{ key: '0', text: '-o e0 -j MASQUERADE', comment: null, packets: 2, bytes: 120 }],
        },
        {
          name: 'own',
          hook: null,
          policy: null,
          rules: [{ key: '0', text: '-m comment --comment "a -A b" -j RETURN', comment: null, packets: 0, bytes: 0 }],
        },
      ],
    },
  ]);
});
