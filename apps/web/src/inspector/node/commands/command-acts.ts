import type { CommandAct, CommandRef, ProcessSignal } from '@vethlab/protocol';
import type { Program } from '@vethlab/topology';
import { RequestFailed } from '../../../connection/problem';
import { rest } from '../../../connection/rest-client';
import { labStore } from '../../../lab';
import { viewActions } from '../../../view';

const words: Readonly<Record<CommandAct, string>> = { start: 'started', stop: 'stopped', restart: 'started again' };

/** Starts, stops or restarts; the state follows on the stream. A refusal is told, and stays until it is read. */
export async function actOnCommand(ref: CommandRef, act: CommandAct): Promise<void> {
  await orTell(`${ref.name} could not be ${words[act]}.`, (labId) => rest.actOnCommand(labId, ref, act));
}

/** Agrees to these argument lists, each in its VRF, exactly as they were shown. */
export async function allowCommands(programs: readonly Program[]): Promise<void> {
  const runs = programs.map(({ run, vrf }) => (vrf === undefined ? run : { run, vrf }));
  await orTell('The commands could not be allowed.', (labId) => rest.allowCommands(labId, runs));
}

export async function signalProcess(
  node: string,
  process: { readonly pid: number; readonly startedTicks: number },
  signal: ProcessSignal,
): Promise<void> {
  const { pid, startedTicks } = process;
  await orTell(`The process ${pid} got no signal.`, (labId) =>
    rest.signalProcess(labId, node, { pid, startedTicks, signal }),
  );
}

async function orTell(what: string, request: (labId: string) => Promise<unknown>): Promise<void> {
  const { labId } = labStore.getState();
  if (labId === null) return;
  try {
    await request(labId);
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    viewActions.notify({ id: 'commands.refused', level: 'error', text: what, detail: error.message });
  }
}
