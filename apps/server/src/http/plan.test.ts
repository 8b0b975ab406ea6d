import { planLab } from '@vethlab/planner';
import { type LabReply, type PlanReply, planReplySchema, type ScriptReply } from '@vethlab/protocol';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';

// Real servers, on a machine that may be busy with much else.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const file = `vethlab: 1
name: Two hosts
nodes:
  h1: { kind: host, interfaces: { eth0: { addresses: [10.0.0.1/24] } } }
  h2: { kind: host, interfaces: { eth0: { addresses: [10.0.0.2/24] } } }
links:
  - endpoints: ["h1:eth0", "h2:eth0"]
`;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => {
  await server.close();
  await removeFolder(server);
});

describe('a lab that is not running', () => {
  it('has a plan against an empty sandbox, and says so', async () => {
    const { id, topology } = await server.json<LabReply>('POST', '/labs', { file });
    const plan = await server.json<PlanReply>('GET', `/labs/${id}/plan`);
    expect(planReplySchema.parse(plan)).toEqual(plan);
    expect(plan.against).toBe('empty');
    expect(plan.steps.map((step) => step.operation.op)).toContain('add-veth');
    const observed = { namespaces: {} };
    expect(plan.steps).toEqual(planLab({ topology, previous: null, observed, unmanaged: 'keep' }).steps);
  });

  it('has a script that builds it', async () => {
    const { id } = await server.json<LabReply>('POST', '/labs', { file });
    const { script } = await server.json<ScriptReply>('GET', `/labs/${id}/script`);
    expect(script).toMatch(/^#!\/bin\/sh\n# Lab: Two hosts\n/);
    expect(script).toContain('ip netns add h1');
  });
});
