import { type ReactFlowState, useStore } from '@xyflow/react';
import { createContext, use } from 'react';

/** How much is drawn: `far` icon and name only, `middle` also states and first addresses, `near` also labels at the wires. */
export type Detail = 'far' | 'middle' | 'near';

/** Below this a caption of 11 pixels would be under 6 on screen. */
const farBelow = 0.5;
/** From here on text at the wires has its full size, or nearly. */
const nearFrom = 0.9;

export function detailAt(zoom: number): Detail {
  if (zoom < farBelow) return 'far';
  return zoom < nearFrom ? 'middle' : 'near';
}

/** Small labels grow a little when seen from farther away, so that they stay readable until they are left out. */
export const labelScale: Readonly<Record<Detail, number>> = { far: 1, middle: 1.4, near: 1 };

const selectDetail = (state: ReactFlowState): Detail => detailAt(state.transform[2]);

/** Asked once, at the top: a thousand nodes that each watch the zoom would cost more than drawing them. */
export const useZoomDetail = (): Detail => useStore(selectDetail);

export const DetailContext = createContext<Detail>('near');
export const useDetail = (): Detail => use(DetailContext);
