import { type NodeKind, splitEndpoint, type Topology } from '@vethlab/topology';
import { cloudPath } from '../canvas/nodes/silhouette';
import { drawingPositions } from './drawing-layout';
import { fitInto } from './fit-into';

/** The drawing's own size; about the pixels of a card, so that shapes and names keep their size whatever the lab's is. */
const box = { width: 300, height: 112, paddingX: 36, paddingTop: 20, paddingBottom: 32 } as const;

const longestName = 12;

/** A lab in the size of a card: the silhouettes and lines of the canvas, and nothing to operate. */
export function LabDrawing({ topology }: { readonly topology: Topology }): React.JSX.Element {
  const places = fitInto(drawingPositions(topology), box);
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${box.width} ${box.height}`}
      preserveAspectRatio="xMidYMid meet"
      className="size-full"
    >
      {topology.links.map((link) => {
        const [one, other] = link.endpoints.map((endpoint) => places.get(splitEndpoint(endpoint)?.node ?? ''));
        return one === undefined || other === undefined ? null : (
          <line
            key={link.endpoints.join()}
            x1={one.x}
            y1={one.y}
            x2={other.x}
            y2={other.y}
            strokeWidth={1.5}
            className="stroke-line-strong"
          />
        );
      })}
      {Object.entries(topology.nodes).map(([name, node]) => {
        const place = places.get(name);
        return place === undefined ? null : (
          <g key={name} transform={`translate(${place.x} ${place.y})`}>
            <Silhouette kind={node.kind} />
            <text
              y={24}
              textAnchor="middle"
              fontSize={9}
              strokeWidth={3}
              paintOrder="stroke"
              className="fill-text stroke-canvas font-mono"
            >
              {name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** Host: rounded square; router: circle; switch: wide rectangle; internet: cloud. */
function Silhouette({ kind }: { readonly kind: NodeKind }): React.JSX.Element {
  const look = 'fill-accent-soft stroke-accent';
  switch (kind) {
    case 'host':
      return <rect x={-11} y={-11} width={22} height={22} rx={5} strokeWidth={1.5} className={look} />;
    case 'router':
      return <circle r={12} strokeWidth={1.5} className={look} />;
    case 'switch':
      return <rect x={-18} y={-8} width={36} height={16} rx={2.5} strokeWidth={1.5} className={look} />;
    case 'internet':
      return <path transform="translate(-16 -10) scale(0.36)" d={cloudPath} strokeWidth={4} className={look} />;
  }
}
