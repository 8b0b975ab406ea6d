import type { Program } from '@vethlab/topology';
import { type StartedProgram, type StartProgram, startProgram } from '../commands/run-command.js';
import { inVrf } from '../vrf-exec/in-vrf.js';
import { vrfProblem } from '../vrf-exec/vrf-problem.js';
import type { Home } from './supervised-options.js';

/** How a command is started: in a VRF, by the program that binds its sockets. */
export function argumentsOf({ run, vrf }: Program): readonly string[] {
  return vrf === undefined ? run : inVrf(run, vrf);
}

/**
 * Why a command cannot be started in its VRF now: it is not in the kernel, or this kernel has none. Asked here, so that the command says it
 * of itself; `vrf-exec` would, too, in the log. Null: it can.
 */
export function problemOfVrf(home: Home, { vrf }: Program): string | null {
  if (vrf === undefined) return null;
  try {
    return home.enter(() => vrfProblem(vrf));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The program, or why there is none. */
export async function launchIn(home: Home, program: StartProgram): Promise<StartedProgram | string> {
  try {
    return await home.enter(() => startProgram(program))();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
