import { useCallback, useEffect } from 'react';
import { viewActions, viewStore } from '../../view';
import { moveNodes } from '../acts/move-nodes';
import { canvasState, setCanvas } from '../state/canvas-store';
import { asLinkKey, asNodeName, asProbeKey } from '../state/names';
import { placesNow } from '../state/places-now';
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
      selectFocused(event.target, false);
      focusInspector();
    } else if (event.key === ' ' && event.target.closest('.react-flow__node, .react-flow__edge') !== null) {
      event.preventDefault();
      selectFocused(event.target, true);
    }
  }, []);

  const onFocus = useCallback((event: React.FocusEvent): void => {
    // Only a focus that came by keyboard selects: a press of the mouse decides by itself what it selects.
    if (
      event.target instanceof Element &&
      event.target.matches('.react-flow__node:focus-visible, .react-flow__edge:focus-visible')
    ) {
      selectFocused(event.target, false);
    }
  }, []);

  return { onKeyDown, onFocus };
}

/** Selects the node, link or probe that has the focus; with `toggle`, adds it to the selection or takes it out. */
function selectFocused(target: Element, toggle: boolean): void {
  const node = target.closest<HTMLElement>('.react-flow__node')?.dataset.id;
  const edge = target.closest<SVGElement>('.react-flow__edge')?.getAttribute('data-id') ?? undefined;
  const { selection } = viewStore.getState();
  const picked = {
    nodes: node === undefined || node.includes('/') ? [] : [asNodeName(node)],
    links: edge === undefined || edge.includes('>') ? [] : [asLinkKey(edge)],
    probes: edge?.includes('>') === true ? [asProbeKey(edge)] : [],
  };
  if (!toggle) {
    viewActions.select(picked);
    return;
  }
  viewActions.select({
    nodes: toggled(selection.nodes, picked.nodes),
    links: toggled(selection.links, picked.links),
    probes: toggled(selection.probes, picked.probes),
  });
}

function toggled<Key>(before: readonly Key[], picked: readonly Key[]): Key[] {
  const added = picked.filter((key) => !before.includes(key));
  return [...before.filter((key) => !picked.includes(key)), ...added];
}
