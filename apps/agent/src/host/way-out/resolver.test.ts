import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { machineResolver } from './resolver.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vethlab-resolver-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['nameserver 127.0.0.53\noptions edns0\n', '127.0.0.53'],
  ['# nameserver 1.1.1.1\nsearch example\nnameserver\t9.9.9.9\nnameserver 8.8.8.8', '9.9.9.9'],
  ['nameserver 2001:db8::1\nnameserver 192.0.2.1\n', '192.0.2.1'],
  ['nameserver 2001:db8::1\n', null],
  ['nameserver 010.0.0.1\nnameserver $(id)\n', null],
  ['', null],
])('%j', (text, server) => {
  const path = join(folder, 'resolv.conf');
  writeFileSync(path, text);
  expect(machineResolver(path)).toBe(server);
});

it('a machine without the file has none', () => {
  expect(machineResolver(join(folder, 'missing'))).toBeNull();
});
