import { readFileSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newFolder } from '../testing/new-folder.js';
import { Guard } from './guard.js';
import { isLoopback, listeningNames } from './listening-names.js';
import { Tickets } from './tickets.js';
import { loadToken, sameSecret } from './token.js';

function request(headers: Record<string, string>, method = 'GET'): IncomingMessage {
  return { headers, method } as unknown as IncomingMessage;
}

const token = 'a'.repeat(43);
const guard = new Guard({
  token,
  names: listeningNames({ host: '127.0.0.1', port: 7070, certificateNames: null }),
  port: 7070,
});

describe('the token file', () => {
  it('is made once, for its owner only, with 256 bit', () => {
    const file = join(newFolder(), 'state', 'vethlab', 'token');
    const first = loadToken(file);
    expect(Buffer.from(first, 'base64url')).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(loadToken(file)).toBe(first);
  });

  it('is made anew when it is damaged, and taken from other users when it was readable', () => {
    const file = join(newFolder(), 'token');
    writeFileSync(file, 'short\n', { mode: 0o644 });
    const made = loadToken(file);
    expect(readFileSync(file, 'utf8')).toBe(`${made}\n`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is compared whole: a part of it, or more than it, is another', () => {
    expect(sameSecret(token, token)).toBe(true);
    for (const other of ['', 'a', token.slice(1), `${token}a`, 'b'.repeat(43)])
      expect(sameSecret(other, token)).toBe(false);
  });
});

describe('Host', () => {
  it.each(['127.0.0.1:7070', 'localhost:7070', '[::1]:7070'])('%s is ours', (host) => {
    expect(guard.knowsHost(request({ host }))).toBe(true);
  });

  it.each([
    'evil.example:7070',
    'localhost',
    'localhost:7071',
    '127.0.0.1.evil.example:7070',
    'localhost:7070.evil',
    '',
  ])('%s is another name that points here', (host) => {
    expect(guard.knowsHost(request({ host }))).toBe(false);
  });

  it('is needed', () => {
    expect(guard.knowsHost(request({}))).toBe(false);
  });
});

describe('Origin', () => {
  it.each([
    'http://evil.example',
    'http://localhost:7071',
    'https://localhost:7070',
    'http://localhost:7070.evil.example',
    'http://localhost:70700',
    'http://LOCALHOST:7070',
    'null',
    '',
  ])('%s may not change anything', (origin) => {
    expect(guard.allowsMethodFrom(request({ origin }, 'POST'))).toBe(false);
    expect(guard.allowsOrigin(request({ origin }))).toBe(false);
  });

  it('of our own pages may, and programs have none', () => {
    expect(guard.allowsMethodFrom(request({ origin: 'http://localhost:7070' }, 'DELETE'))).toBe(true);
    expect(guard.allowsMethodFrom(request({}, 'POST'))).toBe(true);
  });
});

describe('the cookie', () => {
  it('carries the port, and is kept from scripts and other sites', () => {
    const header = guard.cookieHeader();
    expect(header).toMatch(/^vethlab_7070=/);
    expect(header).toContain('HttpOnly');
    expect(header).toContain('SameSite=Strict');
  });

  it('of a server on another port does not open this one', () => {
    expect(guard.hasCookie(request({ cookie: `vethlab_7070=${token}` }))).toBe(true);
    expect(guard.hasCookie(request({ cookie: `other=1; vethlab_7070=${token}; more=2` }))).toBe(true);
    expect(guard.hasCookie(request({ cookie: `vethlab_7071=${token}` }))).toBe(false);
    expect(guard.hasCookie(request({ cookie: `xvethlab_7070=${token}` }))).toBe(false);
    expect(guard.hasCookie(request({ cookie: 'vethlab_7070=' }))).toBe(false);
  });
});

describe('tickets', () => {
  it('open one stream each, once', () => {
    const tickets = new Tickets();
    const ticket = tickets.issue();
    expect(tickets.redeem(ticket)).toBe(true);
    expect(tickets.redeem(ticket)).toBe(false);
    expect(tickets.redeem('made-up')).toBe(false);
  });

  it('are bounded: the oldest go when too many are open', () => {
    const tickets = new Tickets();
    const first = tickets.issue();
    let last = '';
    for (let count = 0; count < 1_000; count += 1) last = tickets.issue();
    expect(tickets.redeem(first)).toBe(false);
    expect(tickets.redeem(last)).toBe(true);
  });
});

it('only loopback addresses are taken for loopback', () => {
  for (const host of ['127.0.0.1', '127.1.2.3', '::1', 'localhost']) expect(isLoopback(host)).toBe(true);
  for (const host of ['0.0.0.0', '::', '192.168.1.1', '127.0.0.1.evil.example', 'localhost.evil']) {
    expect(isLoopback(host)).toBe(false);
  }
});
