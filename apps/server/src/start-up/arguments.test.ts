import { describe, expect, it } from 'vitest';
import { parseServeArguments } from './arguments.js';

const env = { XDG_DATA_HOME: '/data' };

function messageOf(...argv: string[]): string {
  const parsed = parseServeArguments(argv, env);
  return parsed.type === 'error' ? parsed.message : '';
}

describe('the arguments of serve', () => {
  it('have the published defaults', () => {
    const expected = {
      port: 7070,
      host: '127.0.0.1',
      data: '/data/vethlab',
      runtime: 'sandbox',
      tls: null,
      open: true,
      json: false,
    };
    expect(parseServeArguments(['serve'], env)).toEqual({ type: 'serve', arguments: expected });
    expect(parseServeArguments([], env)).toEqual({ type: 'serve', arguments: expected });
  });

  it('are taken as given', () => {
    const argv = ['--port', '0', '--host', '::1', '--data', '/x', '--no-open', '--json'];
    const expected = { port: 0, host: '::1', data: '/x', runtime: 'sandbox', tls: null, open: false, json: true };
    expect(parseServeArguments(argv, env)).toEqual({ type: 'serve', arguments: expected });
  });

  it.each(['0.0.0.0', '::', '192.168.1.5', 'example.org'])('refuse %s, where others could read the token', (host) => {
    expect(messageOf('--host', host)).toContain('--insecure-http');
    expect(parseServeArguments(['--host', host, '--insecure-http'], env)).toMatchObject({ type: 'serve' });
  });

  it('take an address that others can reach with a certificate and its key, and only with both', () => {
    const tls = ['--tls-cert', 'c.pem', '--tls-key', 'k.pem'];
    expect(parseServeArguments(['--host', '0.0.0.0', ...tls], env)).toMatchObject({
      type: 'serve',
      arguments: { host: '0.0.0.0', tls: { certFile: 'c.pem', keyFile: 'k.pem' } },
    });
    expect(messageOf('--host', '0.0.0.0', '--tls-cert', 'c.pem')).toContain('add --tls-key');
    expect(messageOf('--tls-key', 'k.pem')).toContain('add --tls-cert');
    expect(messageOf('--host', '0.0.0.0')).toContain('--tls-cert');
  });

  it('choose where labs run', () => {
    expect(parseServeArguments(['--runtime', 'host'], env)).toMatchObject({ arguments: { runtime: 'host' } });
    expect(messageOf('--runtime', 'docker')).toContain('no runtime');
  });

  it.each(['x', '-1', '70000', '7070 ', '1e3'])('refuse %j as a port', (port) => {
    expect(messageOf(`--port=${port}`)).toContain('no port');
  });

  it('refuse what is not known', () => {
    expect(messageOf('--colour')).toContain('--colour');
    expect(messageOf('other')).not.toBe('');
  });
});
