import { Panel } from '@xyflow/react';
import { Hand, Maximize, Minus, MousePointer2, Plus, Spline, Workflow } from 'lucide-react';
import { runAction } from '../app/actions';
import { IconButton } from '../ui';
import { useCanvasStore } from './state/canvas-store';

/** Tools at the lower left, zoom at the lower right above the minimap: every one is an action of the registry. */
export function CanvasControls(): React.JSX.Element {
  const tool = useCanvasStore((canvas) => canvas.tool);
  return (
    <Panel position="bottom-left">
      <div role="toolbar" aria-label="Tools" className="flex gap-0.5 rounded-lg border border-line bg-surface p-0.5">
        <IconButton
          label="Select and move"
          keys="v"
          pressed={tool === 'select'}
          onClick={() => runAction('canvas.tool-select')}
        >
          <MousePointer2 />
        </IconButton>
        <IconButton label="Pan" keys="h" pressed={tool === 'pan'} onClick={() => runAction('canvas.tool-pan')}>
          <Hand />
        </IconButton>
        <IconButton label="Draw wires" keys="c" pressed={tool === 'wire'} onClick={() => runAction('canvas.tool-wire')}>
          <Spline />
        </IconButton>
        <IconButton label="Tidy up" keys="shift+t" onClick={() => runAction('canvas.tidy-up')}>
          <Workflow />
        </IconButton>
        <span className="mx-0.5 w-px self-stretch bg-line" />
        <IconButton label="Zoom out" keys="-" onClick={() => runAction('canvas.zoom-out')}>
          <Minus />
        </IconButton>
        <IconButton label="Zoom in" keys="+" onClick={() => runAction('canvas.zoom-in')}>
          <Plus />
        </IconButton>
        <IconButton label="Fit to the window" keys="1" onClick={() => runAction('canvas.fit')}>
          <Maximize />
        </IconButton>
      </div>
    </Panel>
  );
}
