import { chmod, mkdir } from 'node:fs/promises';
import { SandboxError } from '../sandbox-error.js';

/** Which uids are in use; root's alone. On /run, so that a restart of the machine empties it. */
export const uidFolder = '/run/vethlab/uids';

/** Copies of agents that sandboxes can read. Not on /run: many systems mount that without the right to execute, and koffi is native code. */
export const agentFolder = '/var/cache/vethlab/agents';

/** Makes `folder` and gives it `mode`. @throws SandboxError `sandbox.runtime-folder` */
export async function prepareFolder(folder: string, mode: number): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    // mkdir obeys the umask, which may be 077 for root.
    await chmod(folder, mode);
  } catch (error) {
    throw new SandboxError(
      {
        code: 'sandbox.runtime-folder',
        reason: `The folder ${folder} cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
        remedy: 'Make it writable for root, or start Vethlab as an ordinary user, who needs no such folder.',
      },
      { cause: error },
    );
  }
}
