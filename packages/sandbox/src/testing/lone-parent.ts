import { startAgent } from '../index.js';

// A server in miniature, as a process of its own, to be killed: starts an agent and says so. The agent and everything in its sandbox carry
// VETHLAB_TEST_MARK in their environment, so that the test can find them.

const {
  VETHLAB_TEST_BUNDLE: bundle = '',
  VETHLAB_TEST_MARK: mark = '',
  VETHLAB_TEST_AGENT: behaviour = 'normal',
} = process.env;

process.stdout.write('starting\n');
const agent = await startAgent({ bundle, env: { VETHLAB_TEST_MARK: mark, VETHLAB_TEST_AGENT: behaviour } }).catch(
  (error: unknown) => {
    process.stdout.write(`${JSON.stringify(error)}\n`);
    process.exit(4);
  },
);
process.stdout.write(`ready ${agent.pid}\n`);
if (process.env.VETHLAB_TEST_THEN === 'end') {
  await agent.kill();
  process.exit(0);
}
setInterval(() => undefined, 60_000);
