import { access, constants } from 'node:fs/promises';
import type { WayOutLack } from '@vethlab/protocol';
import { findProgram, searchPath } from '../machine/tools.js';

const tunDevice = '/dev/net/tun';

/**
 * Why this machine can open no way out for a node, with what would change that; null: it can.
 * `byRoot`: the way out is prepared by root, who makes a device of his own where that of the machine is not for everybody.
 */
export async function wayOutLack({ byRoot }: { readonly byRoot: boolean }): Promise<WayOutLack | null> {
  if ((await findProgram('pasta', searchPath())) === null)
    return {
      reason: 'This machine has no pasta, the program that is a way out.',
      remedy: 'Install the Debian package passt: sudo apt-get install passt',
    };
  if (byRoot || (await mayUse(tunDevice))) return null;
  return {
    reason: `Programs of ordinary users may not open ${tunDevice} on this machine.`,
    remedy: `An administrator can allow it: sudo chmod 666 ${tunDevice}`,
  };
}

async function mayUse(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
