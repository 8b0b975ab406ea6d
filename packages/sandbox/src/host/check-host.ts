import { access, constants, mkdir } from 'node:fs/promises';
import { hostFolder } from './places.js';

/** Why labs cannot run on the host itself, and what to do. */
export interface HostProblem {
  readonly reason: string;
  readonly remedy: string;
}

/** Whether this process may run labs on the host itself; null: it may. */
export async function checkHost(): Promise<HostProblem | null> {
  const problem = hostProblem(process.platform, process.getuid?.() ?? -1);
  if (problem !== null) return problem;
  try {
    await mkdir(hostFolder, { recursive: true, mode: 0o755 });
    await access(hostFolder, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    const reason = `the folder ${hostFolder} cannot be written (${error instanceof Error ? error.message : String(error)})`;
    return { reason, remedy: 'make it writable for root, or leave --runtime out' };
  }
}

/** What can be said without looking at the disk. `uid` is the one that the process runs under. */
export function hostProblem(platform: NodeJS.Platform, uid: number): HostProblem | null {
  if (platform !== 'linux')
    return { reason: 'the host runtime makes Linux network namespaces', remedy: 'start it on Linux' };
  if (uid === 0) return null;
  return {
    reason: 'the host runtime needs root, because it makes namespaces of this machine',
    remedy: 'start it with sudo, or leave --runtime out: labs then run in sandboxes, without root',
  };
}
