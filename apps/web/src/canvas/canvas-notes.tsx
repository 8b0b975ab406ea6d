import { Panel } from '@xyflow/react';
import { FollowNote } from '../drift/follow-note';
import { LivenessNote } from './liveness-note';

/** What is to be known of the drawing as a whole, at its upper left; it lets every press through. */
export function CanvasNotes(): React.JSX.Element {
  return (
    <Panel data-canvas-notes position="top-left" className="pointer-events-none flex flex-col items-start gap-1.5">
      <LivenessNote />
      <FollowNote />
    </Panel>
  );
}
