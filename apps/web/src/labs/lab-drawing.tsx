import type { NodeKind, Topology } from '@vethlab/topology';
import { cell, drawingPositions } from './drawing-layout';

/** A lab in the size of a card: the silhouettes and lines of the canvas, and nothing to operate. */
export function LabDrawing({ topology }: { readonly topology: Topology }): React.JSX.Element {
  const positions = drawingPositions(topology);
  const places = [...positions.values()];
  const left = Math.min(...places.map((place) => place.x)) - cell.width / 2;
  const top = Math.min(...places.map((place) => place.y)) - cell.height / 2;
  const width = Math.max(...places.map((place) => place.x)) + cell.width / 2 - left;
  const height = Math.max(...places.map((place) => place.y)) + cell.height / 2 - top;
  if (places.length === 0) return <svg aria-hidden="true" className="size-full" />;
  return (
    <svg
      aria-hidden="true"
      viewBox={`${left} ${top} ${width} ${height}`}
      preserveAspectRatio="xMidYMid meet"
      className="size-full"
    >
      {topology.links.map((link) => {
        const [one, other] = link.endpoints.map((endpoint) => positions.get(endpoint.slice(0, endpoint.indexOf(':'))));
        return one === undefined || other === undefined ? null : (
          <line
            key={link.endpoints.join()}
            x1={one.x}
            y1={one.y}
            x2={other.x}
            y2={other.y}
            strokeWidth={2}
            className="stroke-line-strong"
          />
        );
      })}
      {Object.entries(topology.nodes).map(([name, node]) => {
        const place = positions.get(name);
        return place === undefined ? null : (
          <g key={name} transform={`translate(${place.x} ${place.y})`}>
            <Silhouette kind={node.kind} />
            <text y={4} textAnchor="middle" fontSize={11} className="fill-text font-mono">
              {name.length > 9 ? `${name.slice(0, 8)}…` : name}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** Host: rounded square; router: circle; switch: wide rectangle. */
function Silhouette({ kind }: { readonly kind: NodeKind }): React.JSX.Element {
  const look = 'fill-surface stroke-line-strong';
  switch (kind) {
    case 'host':
      return <rect x={-24} y={-22} width={48} height={44} rx={9} strokeWidth={1.5} className={look} />;
    case 'router':
      return <circle r={26} strokeWidth={1.5} className={look} />;
    case 'switch':
      return <rect x={-34} y={-14} width={68} height={28} rx={3} strokeWidth={1.5} className={look} />;
  }
}
