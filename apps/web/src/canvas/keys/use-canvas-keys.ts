import { useCallback, useEffect } from 'react';
import { viewStore } from '../../view';
import { moveNodes } from '../acts/move-nodes';
import { canvasState, setCanvas } from '../state/canvas-store';
import { placesNow } from '../state/places-now';
import { selectAt } from '../state/select-at';
import { focusInspector } from './focus-inspector';
import { nudged } from './nudge';

/** Keys that belong to what has the focus inside of the canvas: arrows, Enter, Space; and selection that follows the focus. */
export function useCanvasKeys() {
  useEffect(() => {
    // An arrow key that is held makes many small moves and one edit, sent when it is let go.
    const release = (event: KeyboardEvent): void => {
      const { dragged } = canvasState();
      if (event.key.startsWith('Arrow') && dragged.size > 0) void moveNodes(dragged);
    };
    window.addEventListener('keyup', release);
    return () => window.removeEventListener('keyup', release);
  }, []);

  const onKeyDown = useCallback((event: React.KeyboardEvent): void => {
    if (!(event.target instanceof Element) || event.target.closest('input, [data-own-keys], [role="menu"]') !== null)
      return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { selection } = viewStore.getState();
    const moved = nudged(event.key, event.shiftKey, selection.nodes, canvasState().dragged, placesNow());
    if (moved !== null) {
      event.preventDefault();
      setCanvas({ dragged: moved });
    } else if (event.key === 'Enter' && event.target.closest('.react-flow__node, .react-flow__edge') !== null) {
      event.preventDefault();
      selectAt(event.target, 'only');
      focusInspector();
    } else if (event.key === ' ' && event.target.closest('.react-flow__node, .react-flow__edge') !== null) {
      event.preventDefault();
      selectAt(event.target, 'toggle');
    }
  }, []);

  const onFocus = useCallback((event: React.FocusEvent): void => {
    // Only a focus that came by keyboard selects: a press of the mouse decides by itself what it selects.
    if (
      event.target instanceof Element &&
      event.target.matches('.react-flow__node:focus-visible, .react-flow__edge:focus-visible')
    ) {
      selectAt(event.target, 'only');
    }
  }, []);

  return { onKeyDown, onFocus };
}
