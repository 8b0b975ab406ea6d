import { isDeepStrictEqual } from 'node:util';
import {
  advancedTutorial,
  afterAdvancedTutorial,
  vrfsAndImpairments,
} from '@vethlab/planner/testing/advanced-tutorial';
import type { DriftReply } from '@vethlab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestClient } from '../testing/test-client.js';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';
import { runningLab, typableAgents, typeInto } from '../testing/typed-lab.js';
import { until } from '../testing/until.js';

const { start, agents } = typableAgents();
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ startAgent: start });
});

afterAll(async () => {
  await server.close();
  await removeFolder(server);
});

describe('follow mode, in a kernel that has VRF and netem', () => {
  it('draws the last parts of a tutorial as they are typed, and there is nothing to do afterwards', async () => {
    const { id } = await runningLab(server, { name: 'advanced' });
    const client = await TestClient.open(server, id);
    expect(await client.ask({ type: 'set-follow', follow: true })).toMatchObject({ type: 'done' });
    const [agent] = agents;
    if (agent === undefined) throw new Error('No lab runs.');

    for (const block of advancedTutorial) {
      const revision = client.revision;
      for (const line of block) typeInto(agent, line);
      await until(() => client.revision > revision, `it is drawn: ${block[0]}`);
    }
    const nodes = () => client.topology?.nodes ?? {};
    await until(
      () => isDeepStrictEqual(vrfsAndImpairments(nodes()), afterAdvancedTutorial),
      'all of it is drawn',
    ).catch(() => expect(vrfsAndImpairments(nodes())).toEqual(afterAdvancedTutorial));
    expect(Object.keys(nodes())).toEqual(['isp', 'red', 'blue', 'edge']);
    expect(client.topology?.links).toHaveLength(3);

    // Nothing was done to the kernel to get there, and nothing is left to be done.
    expect(client.last('applied')?.report).toMatchObject({ steps: 0, failures: [], differences: [] });
    const { steps } = await server.json<{ steps: readonly unknown[] }>('GET', `/labs/${id}/plan`);
    expect(steps).toEqual([]);
    const drift = async () => (await server.json<DriftReply>('GET', `/labs/${id}/drift`)).items;
    await until(async () => (await drift()).length === 0, 'nothing differs').catch(async () =>
      expect(await drift()).toEqual([]),
    );
    client.close();
  });
});
