import { type StartedProgram, type StartProgram, startProgram } from '../commands/run-command.js';
import type { Home } from './supervised-options.js';

/** The program, or why there is none. */
export async function launchIn(home: Home, program: StartProgram): Promise<StartedProgram | string> {
  try {
    return await home.enter(() => startProgram(program))();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
