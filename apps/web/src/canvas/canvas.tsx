import '@xyflow/react/dist/base.css';
import './canvas.css';
import './edges/edges.css';
import './nodes/handles.css';
import './nodes/nodes.css';
import { ReactFlowProvider } from '@xyflow/react';
import { useRegisterActions } from '../app/actions';
import { CanvasFlow } from './canvas-flow';
import { canvasActions } from './keys/canvas-actions';
import { DeleteQuestion } from './notes/delete-question';

/** The drawing of the open lab: document, kernel and where they differ; every gesture ends in an edit. */
export function Canvas(): React.JSX.Element {
  useRegisterActions(canvasActions);
  return (
    <ReactFlowProvider>
      <CanvasFlow />
      <DeleteQuestion />
    </ReactFlowProvider>
  );
}
