import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetNameServer, HostNameServers } from './name-servers.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vethlab-netns-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const servers = new Map([['inet', '198.18.0.3']]);
const fileOf = (name: string) => join(folder, name, 'resolv.conf');

describe('name servers of nodes on a machine', () => {
  it('are written for each node while there is a way out, and taken away with it', () => {
    const names = new HostNameServers(folder);
    names.set(servers, () => ['h1', 'inet']);
    expect(readFileSync(fileOf('h1'), 'utf8')).toMatch(/^#.*\nnameserver 198\.18\.0\.3\n$/);
    names.set(new Map(), () => ['h1', 'inet']);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leave what somebody else has there', () => {
    for (const name of ['h1', 'h2', 'h3']) mkdirSync(join(folder, name));
    writeFileSync(fileOf('h1'), 'nameserver 10.0.0.1\n');
    writeFileSync(join(folder, 'h2', 'hosts'), '10.0.0.1 a\n');
    writeFileSync(join(folder, 'target'), 'mine\n');
    symlinkSync(join(folder, 'target'), fileOf('h3'));
    const names = new HostNameServers(folder);
    names.set(servers, () => ['h1', 'h2', 'h3']);
    names.set(new Map(), () => []);
    for (const name of ['h1', 'h2', 'h3']) forgetNameServer(name, folder);
    expect(readFileSync(fileOf('h1'), 'utf8')).toBe('nameserver 10.0.0.1\n');
    expect(readdirSync(join(folder, 'h2'))).toEqual(['hosts']);
    expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('mine\n');
    expect(existsSync(fileOf('h3'))).toBe(true);
  });

  it('that an agent left behind are taken away by whoever takes the lab down', () => {
    new HostNameServers(folder).set(servers, () => ['h1']);
    new HostNameServers(folder).set(new Map([['inet', '198.18.5.3']]), () => ['h1']);
    expect(readFileSync(fileOf('h1'), 'utf8')).toContain('198.18.5.3');
    forgetNameServer('h1', folder);
    forgetNameServer('h1', folder);
    expect(readdirSync(folder)).toEqual([]);
  });
});
