import type { ImpairmentField } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { checkValue, rareFields, usualFields, withValue } from '../impairment/impairment-fields';
import { parseRoute, type RouteDraft, type RouteField } from '../node/route-draft';
import {
  checkAddress,
  checkIfname,
  checkInterval,
  checkLabel,
  checkLabName,
  checkMac,
  checkMtu,
  checkNodeName,
  checkTarget,
} from './checks';
import { nextStep } from './next-step';
import type { Complaint } from './use-draft';

// The table "Bad inputs" of the trust page, through the fields. Each row: what is typed, and the rule that the message names.

type Check = (text: string) => Complaint | null;
type Row = readonly [input: string, rule: RegExp];

const routeField =
  (field: RouteField): Check =>
  (text) => {
    const draft: RouteDraft = { to: '10.0.0.0/24', via: '10.1.0.1', dev: '', metric: '', [field]: text };
    const parsed = parseRoute(draft);
    return parsed.ok ? null : (parsed.complaints[field] ?? null);
  };

const impairmentField = (field: ImpairmentField): Check => {
  const kind = [...usualFields, ...rareFields].find((one) => one.field === field);
  if (kind === undefined) throw new Error(field);
  return checkValue(kind, { delayMs: 20 });
};

const fields: readonly (readonly [name: string, check: Check, rows: readonly Row[]])[] = [
  [
    'name of a node',
    checkNodeName,
    [
      ['../x', /contains "\/"/],
      ['.', /begins with "\."/],
      ['..', /begins with "\."/],
      ['a b', /contains " "/],
      ['a\nb', /contains "\\n"/],
      ['x'.repeat(33), /at most 32/],
      ['__proto__', /meaning of its own/],
      ['constructor', /meaning of its own/],
      ['', /no name/],
    ],
  ],
  [
    'name of an interface',
    checkIfname,
    [
      ['abcdefghijklmnop', /16 characters.*at most 15/],
      ['br%d', /the kernel replaces/],
      ['all', /used by the kernel/],
      ['default', /used by the kernel/],
      ['lo', /used by the kernel/],
      ['-h', /begins with "-"/],
      ['$(id)', /contains "\$"/],
      ['"quoted"', /contains "\\""/],
      ['a\nb', /contains "\\n"/],
      ['a\0b', /contains "\\u0000"/],
      ['a\u001b[2J', /contains "\\u001b"/],
    ],
  ],
  [
    'address',
    checkAddress,
    [
      ['010.0.0.9/24', /leading zero/],
      ['10.1/24', /2 of four numbers/],
      ['0x0a.1.1.1/8', /hexadecimal/],
      ['1.2.3.4/33', /prefix length/],
      ['1.2.3.4', /no prefix length/],
      ['fe80::1%eth0/64', /zone id/],
      ['10.0.0.0/24', /network itself; usable are 10\.0\.0\.1 to 10\.0\.0\.254/],
      ['10.0.0.255/24', /broadcast.*usable are 10\.0\.0\.1 to 10\.0\.0\.254/],
      ['224.0.0.1/24', /multicast/],
      ['ff02::1/64', /multicast/],
      ['0.0.0.0/0', /this network/],
      ['127.0.0.1/8', /loopback/],
      ['::1/128', /loopback/],
      ['1e999/24', /not an IP address/],
    ],
  ],
  [
    'MTU',
    checkMtu,
    [
      ['67', /from 68 to 65535/],
      ['65536', /from 68 to 65535/],
      ['1e3', /whole number/],
      ['0x500', /whole number/],
    ],
  ],
  [
    'MAC',
    checkMac,
    [
      ['zz:00:00:00:00:01', /hexadecimal/],
      ['01:00:00:00:00:00', /group bit/],
      ['ff:ff:ff:ff:ff:ff', /group bit/],
      ['00:00:00:00:00:00', /zeros/],
    ],
  ],
  [
    'label',
    checkLabel,
    [
      ['x'.repeat(101), /at most 100/],
      ['a\u001b[2J', /control character/],
    ],
  ],
  [
    'name of a lab',
    checkLabName,
    [
      ['', /empty/],
      ['x'.repeat(101), /at most 100/],
      ['a\0b', /control character/],
    ],
  ],
  [
    'target of a ping',
    checkTarget,
    [
      ['10.0.0.2/24', /prefix length/],
      ['010.0.0.2', /leading zero/],
      ['10.1', /2 of four numbers/],
      ['fe80::1%eth0', /zone id/],
      ['h2', /not an IP address/],
      ['224.0.0.1', /multicast/],
    ],
  ],
  [
    'interval of a ping',
    checkInterval,
    [
      ['1', /with ms or s/],
      ['0s', /100ms to 3600s/],
      ['1ms', /100ms to 3600s/],
      ['1e9s', /with ms or s/],
      ['-1s', /with ms or s/],
    ],
  ],
  [
    'delay of a link',
    impairmentField('delayMs'),
    [
      ['-5ms', /not negative/],
      ['0ms', /leave it out/],
      ['20', /with us, ms or s/],
      ['61s', /1us to 60s/],
      ['1e3ms', /with us, ms or s/],
    ],
  ],
  [
    'loss of a link',
    impairmentField('lossPercent'),
    [
      ['101%', /0\.001% to 100%/],
      ['-1%', /with %/],
      ['0%', /leave it out/],
      ['10', /with %/],
      ['half', /with %/],
    ],
  ],
  [
    'rate of a link',
    impairmentField('rateBitsPerSecond'),
    [
      ['0mbit', /leave it out/],
      ['10', /bits per second/],
      ['10mbps', /bits per second/],
      ['101gbit', /1kbit to 100gbit/],
      ['1001bit', /whole bytes/],
    ],
  ],
  [
    'queue of a link',
    impairmentField('limitPackets'),
    [
      ['0', /from 1 to/],
      ['1e3', /whole number/],
      ['1000001', /from 1 to/],
    ],
  ],
  [
    'destination of a route',
    routeField('to'),
    [
      ['', /default, or a network/],
      ['defalt', /default, or a network/],
      ['10.0.0.1/24', /the network is 10\.0\.0\.0\/24/],
      ['10.0.0.0', /no prefix length/],
      ['10.0.0.0/33', /prefix length/],
      ['010.0.0.0/8', /leading zero/],
      ['::/0x', /prefix length/],
    ],
  ],
  [
    'gateway of a route',
    routeField('via'),
    [
      ['10.0.0.1/24', /prefix length/],
      ['010.0.0.1', /leading zero/],
      ['fe80::1%eth0', /zone id/],
    ],
  ],
  [
    'interface of a route',
    routeField('dev'),
    [
      ['all', /used by the kernel/],
      ['abcdefghijklmnop', /at most 15/],
    ],
  ],
  [
    'metric of a route',
    routeField('metric'),
    [
      ['-1', /from 0 to/],
      ['1e3', /from 0 to/],
      ['99999999999', /from 0 to/],
    ],
  ],
];

describe.each(fields)('the field for the %s', (_name, check, rows) => {
  it.each(rows)('refuses %j, names the rule, and offers a value that works', (input, rule) => {
    const complaint = check(input);
    expect(complaint?.text).toMatch(rule);
    expect(complaint?.fix).toBeDefined();
    expect(check(complaint?.fix ?? '')).toBeNull();
  });
  it.each(rows)('keeps %j as it was typed, and sends nothing', (input) => {
    expect(nextStep(input, 'what the document says', check, false)).toBe('keep');
  });
});

describe('a field', () => {
  it('sends what passes its check, once it differs from the document', () => {
    expect(nextStep('10.0.0.1/24', '', checkAddress, true)).toBe('send');
    expect(nextStep('10.0.0.1/24', '10.0.0.1/24', checkAddress, false)).toBe('revert');
    expect(nextStep('', '', checkAddress, true)).toBe('revert');
  });
});

describe('the form of what happens on the way', () => {
  const kind = (field: ImpairmentField) => {
    const found = [...usualFields, ...rareFields].find((one) => one.field === field);
    if (found === undefined) throw new Error(field);
    return found;
  };

  it('refuses jitter and reordering without a delay, and taking the delay away from under them', () => {
    expect(checkValue(kind('jitterMs'), undefined)('5ms')?.text).toMatch(/no delay/);
    expect(checkValue(kind('reorderPercent'), { lossPercent: 1 })('25%')?.text).toMatch(/no delay/);
    expect(checkValue(kind('delayMs'), { delayMs: 20, jitterMs: 5 })('')?.text).toMatch(/no delay/);
    expect(checkValue(kind('jitterMs'), { delayMs: 20 })('5ms')).toBeNull();
  });

  it('sends the whole impairment, and nothing when the last value is taken out', () => {
    expect(withValue({ delayMs: 20 }, kind('lossPercent'), ' 10% ')).toEqual({ delayMs: 20, lossPercent: 10 });
    expect(withValue({ delayMs: 20, lossPercent: 10 }, kind('delayMs'), '')).toEqual({ lossPercent: 10 });
    expect(withValue({ delayMs: 20 }, kind('delayMs'), '')).toBeNull();
  });
});
