import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabReply, Problem } from '@vethlab/protocol';
import { expect } from 'vitest';
import { expectCheap } from './cheap.js';
import type { TestServer } from './test-server.js';

/** Everything of a server that a refused request must leave alone: its files and its labs. */
export async function stateOf(server: TestServer, id: string): Promise<unknown> {
  const files = readdirSync(server.labs)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => [name, readFileSync(join(server.labs, name), 'utf8')]);
  const { revision, topology } = await server.json<LabReply>('GET', `/labs/${id}`);
  return { files, revision, topology, prototype: Object.keys(Object.prototype) };
}

/** The reply is a problem document with this status, and one of its diagnostics has this code, a detail and a path. */
export async function expectRefusal(reply: Response, code: string): Promise<Problem> {
  const problem = (await reply.json()) as Problem;
  expect(problem).toMatchObject({ status: 422, code: 'lab.invalid' });
  expect(reply.status).toBe(422);
  const found = problem.diagnostics?.find((diagnostic) => diagnostic.code === code);
  expect(problem.diagnostics?.map((diagnostic) => diagnostic.code)).toContain(code);
  expect(found?.severity).toBe('error');
  expect(found?.detail).toMatch(/\w/);
  expect(Array.isArray(found?.path)).toBe(true);
  return problem;
}

/** Refuses quickly, and keeps nothing of what came. */
export async function expectCheapRefusal(work: () => Promise<unknown>): Promise<void> {
  await expectCheap(work);
  const before = process.memoryUsage.rss();
  for (let round = 0; round < 5; round += 1) await work();
  expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1024 * 1024);
}
