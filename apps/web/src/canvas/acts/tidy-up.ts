import { labStore } from '../../lab';
import { viewActions } from '../../view';
import { computeLayout } from '../layout/compute-layout';
import { setCanvas } from '../state/canvas-store';
import { canvasView } from '../state/canvas-view';
import { moveNodes } from './move-nodes';

/** Motion shows cause: long enough to follow, within the 120–200 ms of the design. */
export const glideMs = 150;

/** Lays the whole lab out afresh, as one undoable edit. */
export async function tidyUp(): Promise<void> {
  const topology = labStore.getState().topology;
  if (topology === null || Object.keys(topology.nodes).length === 0) return;
  try {
    const places = await computeLayout(topology);
    setCanvas({ gliding: true });
    setTimeout(() => setCanvas({ gliding: false }), glideMs * 2);
    await moveNodes(places);
    canvasView()?.fit();
  } catch (error) {
    viewActions.notify({
      id: 'canvas.layout-failed',
      level: 'error',
      text: 'The lab could not be laid out.',
      detail: `${error instanceof Error ? error.message : String(error)} The nodes stay where they are.`,
    });
  }
}
