import { describe, expect, it } from 'vitest';
import { checkAddress, checkIfname, checkLabel, checkMac, checkMtu, checkNodeName } from './checks';

describe('the checks of the fields', () => {
  it.each([
    [checkNodeName, 'ns-router'],
    [checkIfname, 'veth-router1'],
    [checkAddress, '192.168.1.1/24'],
    [checkAddress, ' fd00::1/64 '],
    [checkLabel, ''],
    [checkMac, ''],
    [checkMtu, ''],
    [checkMtu, '1500'],
  ])('accept what the server accepts (%#)', (check, text) => {
    expect(check(text)).toBeNull();
  });

  it.each([
    [checkNodeName, '../x'],
    [checkIfname, 'abcdefghijklmnop'],
    [checkAddress, '010.0.0.9/24'],
    [checkAddress, '192.168.1.0/24'],
    [checkMac, '01:00:00:00:00:00'],
    [checkMtu, '67'],
    [checkMtu, '65536'],
    [checkMtu, '1e3'],
  ])('refuse what it refuses, and offer a value that passes (%#)', (check, text) => {
    const complaint = check(text);
    expect(complaint?.text).not.toBe('');
    expect(check(complaint?.fix ?? 'no fix offered: \0')).toBeNull();
  });
});
