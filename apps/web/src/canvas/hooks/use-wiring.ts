import { type OnConnectEnd, useReactFlow } from '@xyflow/react';
import { useCallback } from 'react';
import { connectNodes } from '../acts/connect-nodes';
import { nodeAt } from '../placement/node-at';
import { setCanvas } from '../state/canvas-store';
import { asNodeName } from '../state/names';
import { placesNow } from '../state/places-now';

/** How far outside of a silhouette a wire may be dropped and still take hold, in canvas units. */
const reach = 14;

/** A wire that is dropped anywhere on a node connects to it; dropped on nothing, it is gone. */
export function useWiring() {
  const { screenToFlowPosition } = useReactFlow();
  const onConnectStart = useCallback(() => setCanvas({ offer: null, note: null, picking: null }), []);
  const onConnectEnd = useCallback<OnConnectEnd>(
    (event, connection) => {
      const from = connection.fromNode?.id;
      if (from === undefined) return;
      const point = 'changedTouches' in event ? event.changedTouches[0] : event;
      if (point === undefined) return;
      const to = nodeAt(screenToFlowPosition({ x: point.clientX, y: point.clientY }), placesNow(), reach);
      if (to !== null && to !== from) void connectNodes(asNodeName(from), asNodeName(to));
    },
    [screenToFlowPosition],
  );
  return { onConnectStart, onConnectEnd };
}
