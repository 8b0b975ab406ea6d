import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameOf } from '../../rtnetlink/codec/frame.js';
import { formatIp } from '../../rtnetlink/codec/ip-address.js';
import { MessageWriter } from '../../rtnetlink/codec/message-writer.js';
import { Messages } from '../../rtnetlink/codec/messages.js';
import { replaceTableRequests } from '../replace-table.js';
import type { NftAction, NftMatch, NftRule } from '../rule.js';
import { decodeRule } from './read-ruleset.js';
import { prefixMask } from './write-rule.js';

/** What is read back of a rule as it is asked for. */
function readBack(rule: NftRule): NftRule | null {
  const chain = { name: 'c', type: 'filter', hook: 'forward', priority: 0, policy: 'accept', rules: [rule] } as const;
  const request = replaceTableRequests({ name: 't', chains: [chain] }).at(-1);
  const writer = new MessageWriter();
  writer.begin(request?.type ?? 0, 0, 1);
  request?.encode(writer);
  writer.end();
  const frame = frameOf(writer.bytes);
  const message = new Messages(frame, writer.length);
  message.next();
  const read = decodeRule(frame, message.start, message.end);
  expect(read).toMatchObject({ family: 'inet', table: 't', chain: 'c' });
  return read?.found.rule ?? null;
}

const address = (family: 'ipv4' | 'ipv6') => {
  const length = family === 'ipv4' ? 4 : 16;
  return fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => formatIp(bytes, 0, length) ?? '');
};
const network = (family: 'ipv4' | 'ipv6') => {
  const length = family === 'ipv4' ? 4 : 16;
  const bytes = fc.uint8Array({ minLength: length, maxLength: length });
  return fc.tuple(bytes, fc.integer({ min: 1, max: length * 8 })).map(([all, prefix]) => {
    const mask = prefixMask(length, prefix);
    const text = formatIp(
      all.map((byte, index) => byte & (mask[index] ?? 0)),
      0,
      length,
    );
    return prefix === length * 8 ? `${text}` : `${text}/${prefix}`;
  });
};
const name = fc.constantFrom('eth0', 'lo', 'a', 'fifteen-letters', 'wan.10');
const port = fc.integer({ min: 1, max: 65_535 });
const states = fc
  .subarray(['new', 'established', 'related', 'invalid', 'untracked'] as const, { minLength: 1 })
  .map((list) => [...list]);

const rule = fc.constantFrom('ipv4' as const, 'ipv6' as const).chain((family) => {
  const match = fc.record(
    {
      in: name,
      out: name,
      family: fc.constant(family),
      from: network(family),
      to: network(family),
      protocol: fc.constantFrom('tcp' as const, 'udp' as const),
      port,
      state: states,
    },
    { requiredKeys: ['protocol'] },
  );
  const plain = fc.constantFrom('accept', 'drop', 'reject', 'masquerade').map((kind) => ({ kind }) as NftAction);
  const action = fc.oneof(
    plain,
    address(family).map((to): NftAction => ({ kind: 'snat', to })),
    fc.tuple(address(family), port).map(([to, toPort]): NftAction => ({ kind: 'dnat', to, port: toPort })),
  );
  return fc.tuple(match, action).map(([one, two]): NftRule => ({ match: one as NftMatch, action: two }));
});

describe('a rule, read back', () => {
  it('is the rule that was asked for', () => {
    fc.assert(
      fc.property(rule, (asked) => {
        const { match, action } = asked;
        const says = match.from ?? match.to ?? ('to' in action ? action.to : undefined);
        const implied = says === undefined ? {} : { family: says.includes(':') ? 'ipv6' : 'ipv4' };
        expect(readBack(asked)).toEqual({ match: { ...implied, ...match }, action });
      }),
      { numRuns: 500 },
    );
  });

  it('refuses names that could not be sent as they are', () => {
    for (const out of ['', 'sixteen-letters-', 'a\0b']) {
      expect(() => readBack({ match: { out }, action: { kind: 'drop' } })).toThrow(RangeError);
    }
  });
});
