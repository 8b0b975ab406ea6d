import { viewStore } from '../../view';
import { setCanvas } from '../state/canvas-store';

/** Asks for the other end: of a wire from the selected node, or of a ping from it. False when not exactly one node is selected. */
export function startPicking(purpose: 'wire' | 'ping'): boolean {
  const { nodes } = viewStore.getState().selection;
  const from = nodes[0];
  if (from === undefined || nodes.length !== 1) return false;
  setCanvas({ picking: { purpose, from }, candidate: null, offer: null, note: null });
  return true;
}
