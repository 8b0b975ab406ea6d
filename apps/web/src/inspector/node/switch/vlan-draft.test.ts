import { describe, expect, it } from 'vitest';
import { checkWith } from '../../fields/checks';
import { complaintOf, inMode, parseVlan, parseVlans } from './vlan-draft';

describe('the VLANs of a port, as they are typed', () => {
  it.each(['0', '4095', 'ten', '', '1.5', '-1', '99999'])('the number %j is refused, with one that works', (text) => {
    const complaint = checkWith(parseVlan)(text);
    expect(complaint?.text).toMatch(/1 to 4094/);
    expect(checkWith(parseVlan)(complaint?.fix ?? '')).toBeNull();
  });

  it('a trunk takes a list in any order, with commas or spaces', () => {
    expect(parseVlans('20, 10 30')).toEqual({ ok: true, value: [10, 20, 30] });
    expect(parseVlans(' ')).toEqual({ ok: true, value: [] });
    expect(parseVlans('10, 4095').ok).toBe(false);
  });

  it('a VLAN that is there twice is told', () => {
    expect(complaintOf({ trunk: [10, 10] })?.text).toMatch(/already/);
    expect(complaintOf({ trunk: [10], native: 10 })?.text).toMatch(/native/);
    expect(complaintOf({ trunk: [10], native: 1 })).toBeNull();
  });

  it('another mode keeps the VLAN that the port was in', () => {
    expect(inMode('trunk', { access: 30 })).toEqual({ trunk: [30] });
    expect(inMode('access', { trunk: [20, 30], native: 7 })).toEqual({ access: 7 });
    expect(inMode('access', undefined)).toEqual({ access: 10 });
    expect(inMode('none', { access: 30 })).toBeNull();
  });
});
