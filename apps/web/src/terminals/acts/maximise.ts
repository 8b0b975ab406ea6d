import { canvasView } from '../../canvas/state/canvas-view';
import { viewActions } from '../../view';
import { keepTerminals, terminalStore } from '../state/terminal-store';

/** As high as the canvas allows, or back. The drawing is brought into what is left of it: it is not to be hidden. */
export function toggleMaximised(): void {
  viewActions.openDock('terminals');
  keepTerminals({ maximised: !terminalStore.getState().kept.maximised });
  // The canvas knows its new size after the next two frames: one for React, one for its observer.
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => canvasView()?.fit())));
}
