import type { Observed } from '@vethlab/observed';
import { scriptOf } from '@vethlab/planner';
import { routedTutorial } from '@vethlab/planner/testing/routed-tutorial';
import { sameKernel } from '@vethlab/planner/testing/same-kernel';
import type { LabReply, ObservedReply } from '@vethlab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConfinedAgent } from '../agents/agent-starter.js';
import { imported } from '../testing/imported.js';
import { TestClient } from '../testing/test-client.js';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';
import { runningLab, typableAgents, typeInto } from '../testing/typed-lab.js';
import { until } from '../testing/until.js';

const tutorial = routedTutorial.flat();
const ping = 'ip netns exec ns1 ping -c1 -W2 192.168.2.1';

const { start, agents } = typableAgents();
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ startAgent: start, startConfined: startConfinedAgent });
});

afterAll(async () => {
  await server.close();
  await removeFolder(server);
});

function type(...lines: readonly string[]): string {
  const agent = agents.at(-1);
  if (agent === undefined) throw new Error('No lab runs.');
  return typeInto(agent, ...lines);
}

const observed = async (id: string): Promise<Observed> =>
  (await server.json<ObservedReply>('GET', `/labs/${id}/observed`)).observed;

/** Waits until a lab's kernel is like that of another, and tells the difference when it does not become so. */
async function becomes(id: string, other: string): Promise<void> {
  const kernels = async () => [sameKernel(await observed(id)), sameKernel(await observed(other))];
  const areSame = async () => {
    const [one, two] = (await kernels()).map((kernel) => JSON.stringify(kernel));
    return one === two;
  };
  await until(areSame, 'the same kernel').catch(async () => {
    const [one, two] = await kernels();
    expect(one).toEqual(two);
  });
}

describe('what was typed', () => {
  it('is drawn by following; its script, imported, makes a lab that is the same in the kernel', async () => {
    const { id } = await runningLab(server, { name: 'typed' });
    const client = await TestClient.open(server, id);
    await client.ask({ type: 'set-follow', follow: true });
    type(...tutorial);
    await until(
      () => client.topology?.nodes.ns2?.routes.length === 1 && client.topology.links.length === 2,
      'all of it is drawn',
    );
    expect(type(ping)).toContain('1 received');
    const { topology } = await server.json<LabReply>('GET', `/labs/${id}`);
    const reply = await imported(server, scriptOf(topology));
    expect(reply).toMatchObject({ failures: [], leftOut: [] });
    const copy = await runningLab(server, { file: reply.file });
    await becomes(copy.id, id);
    expect(type(ping)).toContain('1 received');
    client.close();
  });

  it('by hand into a script, imported and exported again, makes the same as typed', async () => {
    const reply = await imported(server, tutorial.join('\n'));
    expect(reply).toMatchObject({ failures: [], leftOut: [] });
    const exported = await runningLab(server, { name: 'exported' });
    type(scriptOf(reply.topology));
    const { id } = await runningLab(server, { name: 'typed by hand' });
    type(...tutorial);
    // The routes come last.
    await until(async () => {
      const { ns1, ns2 } = (await observed(id)).namespaces;
      return ns1?.routes.length === 1 && ns2?.routes.length === 1;
    }, 'all of it is seen');
    await becomes(exported.id, id);
  });
});
