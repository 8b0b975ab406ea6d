import { Panel } from '@xyflow/react';
import { Button, CommandLine, Kbd } from '../ui';
import { addNode } from './acts/add-node';

/** An empty lab teaches its first step, by mouse, by key and by command line. */
export function EmptyCanvas(): React.JSX.Element {
  return (
    <Panel position="top-center" className="vl-empty">
      <div className="mt-[18vh] flex flex-col items-center gap-3 text-center">
        <p className="text-sm font-medium">Start with a host</p>
        <p className="max-w-80 text-muted">
          Drag one from the palette, or press <Kbd keys="shift+h" />. Each host is a network namespace of its own.
        </p>
        <Button variant="primary" onClick={() => void addNode('host')}>
          Add the first host
        </Button>
        <CommandLine command="ip netns add h1" />
      </div>
    </Panel>
  );
}
