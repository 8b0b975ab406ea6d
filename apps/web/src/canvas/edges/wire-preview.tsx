import type { ConnectionLineComponentProps } from '@xyflow/react';
import { leavePoint, silhouettes } from '../geometry/silhouette';
import type { FlowNode } from '../nodes/node-data';

/** The wire under the pointer, from the outline of its node; it takes hold of the centre of a node that would accept it. */
export function WirePreview(props: ConnectionLineComponentProps<FlowNode>): React.JSX.Element {
  const { fromNode, toNode, pointer } = props;
  const shape = fromNode.data && 'kind' in fromNode.data ? silhouettes[fromNode.data.kind] : silhouettes.host;
  const accepts = toNode !== null && toNode.id !== fromNode.id && toNode.type === 'managed';
  const to = accepts ? toNode.position : pointer;
  const start = leavePoint(shape, fromNode.position, fromNode.position, to, 4);
  const toShape = accepts && 'kind' in toNode.data ? silhouettes[toNode.data.kind] : silhouettes.host;
  const end = accepts ? leavePoint(toShape, to, to, fromNode.position, 4) : to;
  return (
    <g className={accepts ? 'vl-preview vl-accepts' : 'vl-preview'}>
      <path d={`M${start.x} ${start.y}L${end.x} ${end.y}`} />
      <circle cx={end.x} cy={end.y} r={4} />
    </g>
  );
}
