import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { familyOf, formatIp, parseIp } from './ip-address.js';
import { formatMac, parseMac } from './mac.js';

const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
/** Addresses with runs of zeros, where the rules for writing IPv6 differ. */
const sparse = fc
  .tuple(bytesOf(16), fc.uint8Array({ minLength: 8, maxLength: 8, max: 1 }))
  .map(([bytes, keep]) => bytes.map((byte, index) => (keep[index >> 1] === 1 ? byte : 0)));

describe('addresses', () => {
  it('are written as inet_ntop writes them', () => {
    const same = [
      '::',
      '::1',
      'fe80::1',
      '1::',
      '1:0:0:2::3',
      '2001:db8::a:b:0:0',
      '::ffff:10.0.0.1',
      '::10.0.0.1',
      '1:2:3:4:5:6:7:8',
    ];
    for (const text of same) expect(formatIp(parseIp(text, 6), 0, 16)).toBe(text);
    expect(formatIp(parseIp('1:0:2:0:3:0:4:0', 6), 0, 16)).toBe('1:0:2:0:3:0:4:0');
    expect(formatIp(parseIp('FE80:0000::00A0', 6), 0, 16)).toBe('fe80::a0');
  });

  it('come back as they went, from bytes to text to bytes', () => {
    fc.assert(
      fc.property(fc.oneof(bytesOf(4), bytesOf(16), sparse), (bytes) => {
        const text = formatIp(bytes, 0, bytes.length);
        const family = bytes.length === 4 ? 4 : 6;
        expect(familyOf(text ?? '')).toBe(family);
        if (family === 6) expect(isIPv6(text ?? '')).toBe(true);
        expect([...parseIp(text ?? '', family)]).toEqual([...bytes]);
      }),
      { numRuns: 1000 },
    );
  });

  it('in any other notation are refused', () => {
    for (const text of ['010.0.0.9', '10.1', '0x0a.1.1.1', '1.2.3.4/8', '1.2.3', '256.0.0.1', ' 1.2.3.4', '']) {
      expect(() => parseIp(text, 4), text).toThrow(RangeError);
    }
    for (const text of ['fe80::1%eth0', '::1/64', ':::', '1::2::3', '12345::', 'g::', '1.2.3.4']) {
      expect(() => parseIp(text, 6), text).toThrow(RangeError);
    }
  });

  it('of another length are none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(50), fc.nat(50), (bytes, start, length) => {
        const fits = start + length <= bytes.length && (length === 4 || length === 16);
        expect(formatIp(bytes, start, length) === null).toBe(!fits);
      }),
    );
  });
});

describe('MAC addresses', () => {
  it('come back as they went, and nothing else is taken for one', () => {
    fc.assert(
      fc.property(bytesOf(6), (bytes) => {
        expect([...parseMac(formatMac(bytes, 0, 6) ?? '')]).toEqual([...bytes]);
      }),
    );
    for (const text of ['', '02:00:00:00:00', '02-00-00-00-00-01', '02:00:00:00:00:0g', '02:00:00:00:00:01:02']) {
      expect(() => parseMac(text)).toThrow(RangeError);
    }
  });
});
