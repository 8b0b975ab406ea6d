import { readFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import type { LabReply, ServerMessage } from '@vethlab/protocol';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { readTls } from '../start-up/tls-files.js';
import { testCertificate } from '../testing/test-certificate.js';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';
import { until } from '../testing/until.js';

// Real servers, on a machine that may be busy with much else.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ca = readFileSync(testCertificate.certFile);
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ tls: readTls(testCertificate) });
});

afterAll(async () => {
  await server.close();
  await removeFolder(server);
});

interface Reply {
  readonly status: number;
  readonly cookie: string;
  readonly policy: string;
  readonly body: string;
}

/** Over TLS, trusting only the test's certificate. */
function ask(method: string, path: string, headers: Record<string, string> = {}, body = ''): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port: server.port, method, path, headers, ca, servername: 'localhost', agent: false },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            cookie: String(response.headers['set-cookie'] ?? ''),
            policy: String(response.headers['content-security-policy'] ?? ''),
            body: text,
          }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

const bearer = () => ({ authorization: `Bearer ${server.token}` });
const json = { 'content-type': 'application/json' };

describe('a server with a certificate', () => {
  it('says https in its address, and answers over TLS', async () => {
    expect(server.url).toBe(`https://127.0.0.1:${server.port}/`);
    expect((await ask('GET', '/healthz')).body).toBe('ok\n');
    expect((await ask('GET', '/api/v1/labs')).status).toBe(401);
    expect((await ask('GET', '/api/v1/labs', bearer())).status).toBe(200);
  });

  it('answers nothing to plain HTTP', async () => {
    const answer = new Promise((resolve, reject) => {
      plainRequest({ host: '127.0.0.1', port: server.port, path: '/healthz', agent: false }, resolve)
        .on('error', reject)
        .end();
    });
    await expect(answer).rejects.toThrow();
  });

  it('gives a cookie that browsers send over TLS only', async () => {
    const { status, cookie } = await ask('GET', `/?token=${server.token}`);
    expect(status).toBe(303);
    expect(cookie).toMatch(/; Secure$/);
    expect(cookie).toContain('SameSite=Strict');
  });

  it('knows the names of the certificate as its own, and no pattern of names', async () => {
    const host = (name: string) => ({ ...bearer(), host: `${name}:${server.port}` });
    expect((await ask('GET', '/api/v1/labs', host('lab.example'))).status).toBe(200);
    expect((await ask('GET', '/api/v1/labs', host('a.wild.example'))).status).toBe(403);
    expect((await ask('GET', '/api/v1/labs', host('lab.example.evil.example'))).status).toBe(403);
  });

  it('takes changes from its exact https Origin only', async () => {
    const from = (origin: string) => ask('POST', '/api/v1/labs', { ...bearer(), ...json, origin }, '{"name":"x"}');
    expect((await from(`https://localhost:${server.port}`)).status).toBe(201);
    expect((await from(`http://localhost:${server.port}`)).status).toBe(403);
    expect((await from('https://localhost')).status).toBe(403);
  });

  it('allows its pages wss only, and streams over it', async () => {
    expect((await ask('GET', '/healthz')).policy).toContain(`wss://localhost:${server.port}`);
    expect((await ask('GET', '/healthz')).policy).not.toContain(' ws://');
    const { id } = JSON.parse(
      (await ask('POST', '/api/v1/labs', { ...bearer(), ...json }, '{"name":"y"}')).body,
    ) as LabReply;
    const open = (origin: string) =>
      new WebSocket(`wss://localhost:${server.port}/api/v1/labs/${id}/stream`, { ca, origin, headers: bearer() });
    const socket = open(`https://localhost:${server.port}`);
    const received: ServerMessage[] = [];
    socket.on('message', (data) => received.push(JSON.parse(String(data)) as ServerMessage));
    await until(() => received.some((message) => message.type === 'snapshot'), 'the snapshot');
    socket.terminate();
    const other = open(`http://localhost:${server.port}`);
    const refused = await new Promise<string>((resolve) => other.on('error', (error) => resolve(error.message)));
    expect(refused).toContain('403');
  });
});
