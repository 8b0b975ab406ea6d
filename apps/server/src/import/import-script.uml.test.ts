import { afterAll, beforeAll, describe, it } from 'vitest';
import { startConfinedAgent, startSandboxedAgent } from '../agents/agent-starter.js';
import { examples } from '../testing/example-files.js';
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

// In the full kernel, where all of them can be made; the others are tested on the machine's own.
describe('a script that is imported, under the full kernel', () => {
  it.each(examples.ofFullKernel)('exported from %s gives the same lab again', (file) =>
    expectSameWhenImported(server, file),
  );
});
