import { type NodeProps, ReactFlowProvider } from '@xyflow/react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { type Detail, DetailContext } from '../hooks/use-detail';
import type { ManagedNode } from './node-data';
import { NodeView } from './node-view';

const props: NodeProps<ManagedNode> = {
  id: 'h1',
  type: 'managed',
  data: {
    name: 'h1',
    kind: 'host',
    label: null,
    inner: [],
    rules: null,
    side: 'below',
    state: { presence: 'present', loose: [], firstAddress: null, linkCount: 1, wayOut: null, beyond: null },
  },
  selected: false,
  dragging: false,
  draggable: true,
  selectable: true,
  deletable: true,
  isConnectable: true,
  positionAbsoluteX: 0,
  positionAbsoluteY: 0,
  zIndex: 0,
};

/** What React Flow looks for when a node comes onto the page; an edge without it at both nodes is never drawn. */
function measuredHandles(detail: Detail): readonly string[] {
  const html = renderToStaticMarkup(
    <ReactFlowProvider>
      <DetailContext value={detail}>
        <NodeView {...props} />
      </DetailContext>
    </ReactFlowProvider>,
  );
  const classes = [...html.matchAll(/class="([^"]*)"/g)].flatMap((match) => (match[1] ?? '').split(' '));
  return ['source', 'target'].filter((type) => classes.includes(type));
}

describe('NodeView', () => {
  test.each<Detail>(['far', 'middle', 'near'])(
    'has an anchor for wires that leave and wires that come, seen from %s',
    (detail) => {
      expect(measuredHandles(detail)).toEqual(['source', 'target']);
    },
  );
});
