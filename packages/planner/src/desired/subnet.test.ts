import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, isLinkLocal, sameSubnet, subnetOf } from './subnet.js';

function known(text: string) {
  const subnet = subnetOf(text);
  if (subnet === null) throw new Error(`${text} is not understood`);
  return subnet;
}

describe('subnets', () => {
  it.each([
    ['10.0.0.1/24', '10.0.0.254', true],
    ['10.0.0.1/24', '10.0.1.1', false],
    ['10.0.0.1/31', '10.0.0.0', true],
    ['0.0.0.0/0', '192.0.2.1', true],
    ['2001:db8::1/64', '2001:db8::ff', true],
    ['2001:db8::1/64', '2001:db8:0:1::1', false],
    ['::ffff:10.0.0.1/120', '::ffff:10.0.0.9', true],
    ['10.0.0.1/24', '::a00:1', false],
  ])('%s around %s: %s', (subnet, address, expected) => {
    expect(contains(known(subnet), known(address))).toBe(expected);
  });

  it('are the same only with the same prefix length: then the later address is a secondary', () => {
    expect(sameSubnet(known('10.0.0.1/24'), known('10.0.0.2/24'))).toBe(true);
    expect(sameSubnet(known('10.0.0.1/24'), known('10.0.0.2/25'))).toBe(false);
  });

  it('know link-local addresses', () => {
    expect(['fe80::1', 'febf::1', 'fec0::1', '10.0.0.1'].map((text) => isLinkLocal(known(text)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('give null for foreign text, and never throw', () => {
    for (const text of [
      '',
      '/',
      '10.0.0/8',
      '10.0.0.256',
      '1::2::3',
      '10.0.0.1/33',
      '::/129',
      'fe80::1%eth0',
      ':::',
      '12345::',
    ]) {
      expect(subnetOf(text)).toBeNull();
    }
    fc.assert(fc.property(fc.string(), (text) => subnetOf(text) === null || text.length > 1));
  });
});
