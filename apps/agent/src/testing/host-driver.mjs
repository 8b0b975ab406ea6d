// Runs on a test's machine and stands for the server: starts the agent of a lab as a server does, and passes messages to and from
// the test. Ends without a word to the agent, as a server does that is killed.
import { startHostAgent } from '@vethlab/sandbox';

const [bundle = '', lab = ''] = process.argv.slice(2);
// The test may be gone already.
/** @param {object} message */
const say = (message) => process.connected && process.send?.(message, () => undefined);

try {
  const agent = await startHostAgent({ bundle, lab });
  say(agent.ready);
  agent.onMessage((message) => say(message));
  agent.onExit(({ reason }) => say({ type: 'driver-exit', reason }));
  process.on('message', (/** @type {import('@vethlab/protocol').ToAgent | { type: 'driver-kill' }} */ message) => {
    if (message.type === 'driver-kill') {
      agent.kill().then(
        () => say({ type: 'driver-killed', error: null }),
        (error) => say({ type: 'driver-killed', error: { code: error.code, message: error.message } }),
      );
    } else agent.send(message);
  });
} catch (error) {
  say({ type: 'driver-failed', message: error instanceof Error ? error.stack : String(error) });
}
process.on('disconnect', () => process.exit(0));
