import { reserveFiles } from '@vethlab/netlink';
import { protocolVersion } from '@vethlab/protocol';
import { Agent } from '../agent.js';
import { openChannel } from '../channel/channel.js';
import { sandboxRuntime } from '../host/runtime.js';
import { filesOfLargeLab } from '../kernel/files-of-large-lab.js';
import { prepareSandbox } from './prepare.js';

/** The agent of one sandbox; it is inside already, and ends with its IPC channel. */
export function startSandboxAgent(): void {
  const channel = openChannel();

  // Ctrl-C in `vethlab run` is meant for the command; the sandbox ends when its owner closes the line.
  process.on('SIGINT', () => undefined);

  try {
    prepareSandbox();
    void reserveFiles(filesOfLargeLab);
    const agent = new Agent(channel, sandboxRuntime());
    channel.onMessage((message, connection) => void agent.handle(message, connection));
    channel.send({ type: 'ready', protocol: protocolVersion, pid: process.pid });
  } catch (error) {
    channel.send({
      type: 'fatal',
      code: 'agent.cannot-start',
      reason: error instanceof Error ? error.message : String(error),
      remedy:
        'The sandbox was made, but its kernel side could not be set up. Please report this with the kernel version (uname -r).',
    });
    process.disconnect?.();
  }
}
