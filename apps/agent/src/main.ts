import { hostCommand } from './host/commands.js';
import { startHostAgent } from './host/host-agent.js';
import { openGuardPorts } from './outside/guard-ports.js';
import { startSandboxAgent } from './sandbox/sandbox-agent.js';

/**
 * The agent's program. Without words: the agent of a sandbox, with an IPC channel to whoever started it. `host LAB`: the agent of
 * a lab on the host itself. `guard SUBNET PORTS-AT PORT…`: sets the rules of the guard of a way out. `down`, `adopt` and `discover`: one piece of work on the host, told as a line of JSON.
 */
const [word, ...rest] = process.argv.slice(2);
if (word === undefined) startSandboxAgent();
else if (word === 'guard') openGuardPorts(rest);
else if (word === 'host') await startHostAgent(rest[0] ?? '');
else await hostCommand(word, rest);
