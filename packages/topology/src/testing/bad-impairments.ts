import type { BadInput } from './bad-inputs.js';

const rows = (row: string, code: string, ...values: readonly string[]): BadInput[] =>
  values.map((value) => ({ row, value, code }));

export const badDelays: readonly BadInput[] = [
  ...rows('negative or nothing', 'impairment.delay', '-5ms', '0ms', '0s'),
  ...rows('no time', 'impairment.delay', '20', '20m', 'soon', '', '1e3ms', ' 20ms', '20 ms'),
  ...rows('too long or too fine', 'impairment.delay', '61s', '60001ms', '0.5us', '0.0001ms'),
];

export const badPercents: readonly BadInput[] = [
  ...rows('out of range', 'impairment.percent', '101%', '100.001%', '-1%', '0%'),
  ...rows('no share', 'impairment.percent', '10', '0.1', 'half', '', '1e1%', '10 %', '%'),
  ...rows('too fine', 'impairment.percent', '0.0001%'),
];

export const badRates: readonly BadInput[] = [
  ...rows('out of range', 'impairment.rate', '0mbit', '0bit', '7bit', '101gbit', '999bit'),
  ...rows('no rate', 'impairment.rate', '10', '10Mbit', '10mbps', '-1mbit', '10 mbit', 'fast', '', '1e6bit'),
  ...rows('half a byte', 'impairment.rate', '1001bit', '1.001kbit'),
];

/** Impairments that are refused as a whole, for an interface of h1: title, as a file says it, as an edit says it, code. */
export const badImpairments: readonly (readonly [string, string, unknown, string])[] = [
  ['jitter without delay', '{ jitter: 5ms }', { jitterMs: 5 }, 'impairment.needs-delay'],
  ['reordering without delay', '{ reorder: 25%, loss: 1% }', { reorderPercent: 25 }, 'impairment.needs-delay'],
  ['a delay of -5 ms', '{ delay: -5ms }', { delayMs: -5 }, 'impairment.delay'],
  ['a delay in fractions of a microsecond', '{ delay: 0.0001ms }', { delayMs: 0.0001 }, 'impairment.delay'],
  ['a loss of 101 %', '{ loss: 101% }', { lossPercent: 101 }, 'impairment.percent'],
  ['a duplication of 0 %', '{ duplicate: 0% }', { duplicatePercent: 0 }, 'impairment.percent'],
  ['a corruption of -1 %', '{ corrupt: "-1%" }', { corruptPercent: -1 }, 'impairment.percent'],
  ['a rate of 0', '{ rate: 0mbit }', { rateBitsPerSecond: 0 }, 'impairment.rate'],
  ['a rate of half bytes', '{ rate: 1001bit }', { rateBitsPerSecond: 1001 }, 'impairment.rate'],
  ['a queue of nothing', '{ limit: 0 }', { limitPackets: 0 }, 'impairment.limit'],
  ['a queue of half a packet', '{ limit: 1.5 }', { limitPackets: 1.5 }, 'impairment.limit'],
  ['a queue of a million and one', '{ limit: 1000001 }', { limitPackets: 1_000_001 }, 'impairment.limit'],
  ['a delay that is a number, and one that is text', '{ delay: 20 }', { delayMs: '20ms' }, 'shape.type'],
  ['an unknown key', '{ dealy: 20ms }', { delay: '20ms' }, 'shape.unknown-key'],
];

/** VLANs of a port of sw1 that are refused, in files and edits alike: title, value, code. */
export const badPortVlans: readonly (readonly [string, unknown, string])[] = [
  ['VLAN 0', { access: 0 }, 'vlan.id'],
  ['VLAN 4095', { access: 4095 }, 'vlan.id'],
  ['VLAN 4095 in a trunk', { trunk: [10, 4095] }, 'vlan.id'],
  ['half a VLAN as native', { trunk: [10], native: 1.5 }, 'vlan.id'],
  ['access and trunk', { access: 10, trunk: [20] }, 'vlan.form'],
  ['neither access nor trunk', {}, 'vlan.form'],
  ['native without trunk', { native: 1 }, 'vlan.form'],
  ['a VLAN twice', { trunk: [10, 20, 10] }, 'vlan.repeated'],
  ['a native VLAN in the list', { trunk: [1, 10], native: 1 }, 'vlan.repeated'],
  ['a VLAN as text', { access: 'ten' }, 'shape.type'],
  ['257 VLANs', { trunk: Array.from({ length: 257 }, (_, index) => index + 1) }, 'limit.items'],
  ['an unknown key', { acess: 10 }, 'shape.unknown-key'],
];
