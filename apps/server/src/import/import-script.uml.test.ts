import { emptyTopology, type Topology } from '@vethlab/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConfinedAgent, startSandboxedAgent } from '../agents/agent-starter.js';
import { exampleLab, examples } from '../testing/example-files.js';
import { expectSameWhenImported } from '../testing/imported.js';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({
    startAgent: startSandboxedAgent,
    startConfined: startConfinedAgent,
    // The half minute of the product is short where everything takes ten times as long.
    scriptMaxMs: 300_000,
  });
});

afterAll(async () => {
  await server.close();
  await removeFolder(server);
});

/** Labs beside each other in one: none of the examples has a node of another's name. */
function together(labs: readonly Topology[]): Topology {
  const nodes = Object.fromEntries(labs.flatMap((lab) => Object.entries(lab.nodes)));
  expect(Object.keys(nodes)).toHaveLength(labs.reduce((sum, lab) => sum + Object.keys(lab.nodes).length, 0));
  return { ...emptyTopology('together'), nodes, links: labs.flatMap(({ links }) => links) };
}

// In the full kernel, where all of them can be made; the others are tested on the machine's own. In one, because a sandbox takes seconds to start there.
describe('a script that is imported, under the full kernel', () => {
  it('exported from all examples that need it gives the same again', () =>
    expectSameWhenImported(server, together(examples.ofFullKernel.map(exampleLab))));
});
