import { join } from 'node:path';
import { toolFolder } from './tool-folder.js';

/** The arguments by which a program is started so that all sockets of it, and of what it starts, are of a VRF of its namespace. */
export function inVrf(run: readonly string[], vrf: string): readonly [string, ...string[]] {
  return [join(toolFolder, 'vrf-exec'), vrf, ...run];
}
