import type { IpAddress, NodeName, ProbeKey } from '@vethlab/topology';
import { viewActions } from '../../view';
import { setCanvas } from '../state/canvas-store';
import { canvasView } from '../state/canvas-view';
import { perform } from './perform';

/** Pings an address from a node, once a second, until it is removed. */
export async function addPing(from: NodeName, to: IpAddress): Promise<boolean> {
  setCanvas({ picking: null, candidate: null });
  const outcome = await perform({ type: 'add-probe', from, to }, from);
  if (!outcome.ok) return false;
  const key: ProbeKey = `${from}>${to}`;
  viewActions.select({ probes: [key] });
  // By keyboard, the focus selects the node again, so that the next key is about it.
  canvasView()?.focusNode(from);
  return true;
}
