import { mkdirSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import type { Problem } from '@vethlab/protocol';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectCheap } from '../testing/cheap.js';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';

// Real servers and processes, on a machine that may be busy with much else.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  mkdirSync(join(server.folder, 'site', 'assets'), { recursive: true });
  writeFileSync(join(server.folder, 'site', 'index.html'), '<!doctype html><title>Vethlab</title>');
  writeFileSync(join(server.folder, 'site', 'assets', 'app-1234.js'), 'export {};');
});

afterAll(async () => {
  await server.close();
  await removeFolder(server);
});

interface Reply {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

/** Like curl: sends exactly these headers, the Host included. */
function raw(method: string, path: string, headers: Record<string, string>, body = ''): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port: server.port, host: '127.0.0.1', method, path, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const bearer = () => ({ authorization: `Bearer ${server.token}` });

describe('the token', () => {
  it('is not needed to ask whether the server is up, which says nothing more', async () => {
    expect(await raw('GET', '/healthz', {})).toMatchObject({ status: 200, body: 'ok\n' });
  });

  it.each(['/', '/labs/x', '/assets/app-1234.js', '/api/v1/labs', '/api/v1/openapi.json', '/api/v1/nothing'])(
    'is needed for %s',
    async (path) => {
      expect((await raw('GET', path, {})).status).toBe(401);
      expect((await raw('GET', path, { authorization: 'Bearer wrong' })).status).toBe(401);
      expect((await raw('GET', path, { cookie: `vethlab_${server.port + 1}=${server.token}` })).status).toBe(401);
    },
  );

  it('is told to a browser as a page with the way in, and to a program as a problem', async () => {
    const page = await raw('GET', '/', { accept: 'text/html' });
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.body).toContain('printed when it started');
    const problem = await raw('GET', '/api/v1/labs', { accept: '*/*' });
    expect(problem.headers['content-type']).toContain('application/problem+json');
    expect(JSON.parse(problem.body)).toMatchObject({ code: 'request.token', status: 401 });
  });

  it('in the address becomes a cookie, and leaves the address', async () => {
    const reply = await raw('GET', `/?token=${server.token}`, {});
    expect(reply).toMatchObject({ status: 303, headers: { location: '/', 'cache-control': 'no-store' } });
    const cookie = String(reply.headers['set-cookie']).split(';')[0] ?? '';
    expect(cookie).toContain(`vethlab_${server.port}=`);
    expect((await raw('GET', '/', { cookie })).status).toBe(200);
    expect((await raw('GET', '/api/v1/labs', { cookie })).status).toBe(200);
  });

  it('in the address leads to no other site', async () => {
    const reply = await raw('GET', `//evil.example/?token=${server.token}`, {});
    expect(reply.headers.location).toBe('/evil.example/');
    expect((await raw('GET', '/?token=wrong', {})).status).toBe(401);
  });
});

describe('another name that points here (DNS rebinding)', () => {
  it.each(['evil.example', 'localhost', '127.0.0.1:1'])('Host %s gets nothing, whatever token it has', async (host) => {
    for (const path of ['/', '/healthz', '/api/v1/labs']) {
      expect((await raw('GET', path, { host, ...bearer() })).status).toBe(403);
    }
  });

  it('is answered under our own names', async () => {
    for (const name of ['localhost', '127.0.0.1', '[::1]']) {
      expect((await raw('GET', '/api/v1/labs', { host: `${name}:${server.port}`, ...bearer() })).status).toBe(200);
    }
  });
});

describe('another website in the same browser (CSRF)', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('may not %s, although the browser sends the cookie', async (method) => {
    const cookie = `vethlab_${server.port}=${server.token}`;
    for (const origin of ['http://evil.example', `http://localhost:${server.port}.evil.example`, 'null']) {
      const headers = { cookie, origin, 'content-type': 'application/json' };
      const reply = await raw(method, '/api/v1/labs', headers, method === 'DELETE' ? '' : '{"name":"x"}');
      expect(reply.status).toBe(403);
      expect((JSON.parse(reply.body) as Problem).code).toBe('request.origin');
    }
  });

  it('may not send a form, which needs no permission of the browser', async () => {
    const headers = { ...bearer(), 'content-type': 'application/x-www-form-urlencoded' };
    expect((await raw('POST', '/api/v1/labs', headers, 'name=x')).status).toBe(415);
    expect(
      (await raw('POST', '/api/v1/labs', { ...bearer(), 'content-type': 'text/plain' }, '{"name":"x"}')).status,
    ).toBe(415);
  });
});

describe('every page', () => {
  it('runs no code from elsewhere and is in no frame', async () => {
    const { headers } = await raw('GET', '/', bearer());
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    // Browsers complain about sources that the grammar does not have.
    expect(policy).not.toContain('[');
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  it('of a lab is the app; files that are not there are not', async () => {
    expect((await raw('GET', '/labs/some-lab', bearer())).body).toContain('<title>Vethlab</title>');
    expect((await raw('GET', '/assets/app-1234.js', bearer())).headers['cache-control']).toContain('immutable');
    expect((await raw('GET', '/assets/none.js', bearer())).status).toBe(404);
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/..%2f..%2fstate/token', '/.env']) {
      expect((await raw('GET', path, bearer())).status).toBe(404);
    }
  });
});

describe('limits', () => {
  it('refuse a body of more than 1 MiB quickly', async () => {
    const file = 'x'.repeat(2 * 1024 * 1024);
    await expectCheap(async () => expect((await server.ask('POST', '/labs', { file })).status).toBe(413));
  });

  it('refuse a small body that unpacks to a large one', async () => {
    const { gzipSync } = await import('node:zlib');
    const packed = gzipSync(Buffer.alloc(50 * 1024 * 1024, 0x20));
    const reply = await fetch(`${server.url}api/v1/labs`, {
      method: 'POST',
      headers: { ...bearer(), 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: packed,
    });
    expect(reply.status).toBe(413);
  });

  it('refuse JSON 20,000 deep', async () => {
    const reply = await server.ask('POST', '/labs', `${'['.repeat(20_000)}`, { 'content-type': 'application/json' });
    expect(reply.status).toBe(400);
    expect(((await reply.json()) as Problem).code).toBe('request.too-deep');
  });
});
