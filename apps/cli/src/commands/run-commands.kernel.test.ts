import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildVethlab, vethlab } from '../testing/vethlab.js';

const text = `vethlab: 1
name: A web server
nodes:
  server:
    kind: host
    interfaces: { eth0: { addresses: [10.0.0.1/24] } }
    commands:
      web: { run: [python3, -m, http.server, "80"] }
      odd: { run: [echo, "\\e[2J", "$(id)"], start: by-hand }
  client: { kind: host, interfaces: { eth0: { addresses: [10.0.0.2/24] } } }
links:
  - endpoints: ["server:eth0", "client:eth0"]
`;

let folder = '';
let file = '';

beforeAll(() => {
  buildVethlab();
  folder = mkdtempSync(join(tmpdir(), 'vethlab-commands-'));
  file = join(folder, 'web.lab.yaml');
  writeFileSync(file, text);
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Asks the server until it answers, for at most five seconds. */
const ask = [
  'ip',
  'netns',
  'exec',
  'client',
  'curl',
  '-sS',
  '--retry',
  '50',
  '--retry-delay',
  '0',
  '--retry-max-time',
  '5',
  '--retry-connrefused',
  'http://10.0.0.1/',
];

describe('vethlab run of a lab with commands', () => {
  test('starts none of them without being asked to, and says which', () => {
    const listeners = vethlab(['run', file, '--', 'ip', 'netns', 'pids', 'server']);
    expect(listeners).toMatchObject({ status: 0, stdout: '' });
    expect(listeners.stderr).toContain('not started');
    expect(listeners.stderr).toContain('server web: python3 -m http.server 80');
    expect(listeners.stderr).not.toContain('odd');
  });

  test('starts them with --allow-commands, and ends them with the lab', () => {
    const asked = vethlab(['run', '--allow-commands', file, '--', ...ask]);
    expect(asked.stderr).not.toContain('not started');
    expect(asked.stdout).toContain('Directory listing');
    expect(asked.status).toBe(0);
  });
});
