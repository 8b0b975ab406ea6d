import { expect, it } from 'vitest';
import { checkPort, checkPorts, portsOf, proposedAt } from './ports';

it.each(['0', '65536', '-1', '1e3', '80.5', 'http', '', '0x50', '99999999'])('a port is not %j', (text) => {
  expect(checkPort(text)?.text).toMatch(/not a port|no port/);
});

it('takes ports with commas or spaces, each once', () => {
  expect(portsOf(' 8080, 3000 8080 ')).toEqual([8080, 3000]);
  expect(portsOf('')).toEqual([]);
  expect(portsOf('80, x')).toBeNull();
  expect(checkPorts('80, x')?.text).toContain('“x” is not a port');
  expect(checkPorts(Array.from({ length: 65 }, (_, index) => index + 1).join())?.text).toContain('at most 64');
});

it('proposes a port of the machine that an ordinary user may open and that the lab has not taken', () => {
  expect(proposedAt(80, new Set())).toBe(8080);
  expect(proposedAt(80, new Set([8080, 8081]))).toBe(8082);
  expect(proposedAt(3000, new Set())).toBe(3000);
});
