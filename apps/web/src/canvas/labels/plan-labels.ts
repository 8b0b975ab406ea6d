import type { Position } from '@vethlab/topology';
import type { FlowEdge, LinkFlowEdge, ProbeData, ProbeFlowEdge, TunnelData, TunnelFlowEdge } from '../edges/edge-data';
import { endLabel } from '../geometry/end-label';
import { pointOnArc, probePath } from '../geometry/probe-path';
import { type WirePath, wirePath } from '../geometry/wire-path';
import type { GhostFlowEdge } from '../ghosts/ghost-data';
import { type Detail, labelScale } from '../hooks/use-detail';
import type { FlowNode } from '../nodes/node-data';
import { type Box, boxAround } from './boxes';
import type { ArcChoice, EndChoice, LabelPlan, LinkChoice } from './label-plan';
import { middleRoom } from './middle-text';
import { planCaptions } from './plan-captions';
import { type ArcText, probeText } from './probe-text';
import { Room, shapeBoxOf } from './room';
import { tunnelText } from './tunnel-text';

/** Where along a wire or an arc its label may go: the middle first. An arc is long, and no other label tells its ends. */
const stops = [0.5, 0.42, 0.58, 0.34, 0.66] as const;
const arcStops = [...stops, 0.26, 0.74, 0.18, 0.82] as const;

/**
 * Finds a place for every label, or none: names of nodes first, then pings, the small labels of wires, and last the
 * texts at their ends, which lose addresses before names. Nothing is ever put on a node or on another label. Greedy and
 * in the order of the document, so that the same drawing always reads the same.
 */
export function planLabels(nodes: readonly FlowNode[], edges: readonly FlowEdge[], detail: Detail): LabelPlan {
  const places = new Map(nodes.map((node) => [node.id, node.position]));
  const wires = edges.filter(isWire).flatMap((edge) => {
    const path = pathOf(edge, places);
    return path === null ? [] : [{ edge, path }];
  });
  const room = new Room(wires.map(({ edge, path }) => ({ id: edge.id, from: path.start, to: path.end })));
  for (const node of nodes) room.take(node.id, shapeBoxOf(node));
  const captions = planCaptions(nodes, room, detail);
  const arcs = new Map<string, ArcChoice>();
  for (const edge of edges) {
    if (isWire(edge) || detail === 'far') continue;
    const choice = planArc(edge, places, room, labelScale[detail]);
    if (choice !== null) arcs.set(edge.id, choice);
  }
  const middles = new Map(wires.map(({ edge, path }) => [edge.id, planMiddle(edge, path, room, detail)]));
  const links = new Map<string, LinkChoice>();
  // A selected wire says all it has; the others make room for it.
  for (const { edge, path } of wires.toSorted((a, b) => Number(b.edge.selected) - Number(a.edge.selected))) {
    const labelled = edge.selected === true || (detail === 'near' && !isCrowded(edge));
    const ends = (['first', 'second'] as const).map((end) =>
      labelled ? planEnd(edge, path, end, room) : { flipped: false, lines: 0 },
    );
    const [first, second] = ends;
    if (first !== undefined && second !== undefined)
      links.set(edge.id, { ends: [first, second], middle: middles.get(edge.id) ?? null });
  }
  return { captions, links, arcs };
}

/** A wire of the document, or one that somebody typed. */
type Wire = LinkFlowEdge | GhostFlowEdge;

const isWire = (edge: FlowEdge): edge is Wire => edge.type !== 'probe' && edge.type !== 'tunnel';

const isCrowded = ({ data }: Wire): boolean => data !== undefined && 'crowded' in data && data.crowded;

function pathOf(edge: Wire, places: ReadonlyMap<string, Position>): WirePath | null {
  const [from, to] = [places.get(edge.source), places.get(edge.target)];
  if (from === undefined || to === undefined || edge.data === undefined) return null;
  const [first, second] = edge.data.shapes;
  return wirePath({ center: from, shape: first }, { center: to, shape: second }, edge.data.offset);
}

function planArc(
  edge: ProbeFlowEdge | TunnelFlowEdge,
  places: ReadonlyMap<string, Position>,
  room: Room,
  scale: number,
): ArcChoice | null {
  const [from, to] = [places.get(edge.source), places.get(edge.target)];
  if (from === undefined || to === undefined || edge.data === undefined) return null;
  const { shapes, rank, side } = edge.data;
  const path = probePath({ center: from, shape: shapes[0] }, { center: to, shape: shapes[1] }, rank, side);
  for (const short of [false, true]) {
    const { width, height } = textOnArc(edge.data, short);
    for (const at of arcStops) {
      const box = boxAround(pointOnArc(path, at, width * scale), width * scale, height * scale);
      if (!room.isFree(box)) continue;
      room.take(edge.id, box);
      return { at, short };
    }
  }
  return { at: 0.5, short: true };
}

function textOnArc(data: ProbeData | TunnelData, short: boolean): ArcText {
  return 'tunnel' in data ? tunnelText(data.tunnel.label) : probeText(data.state, short);
}

function planMiddle(edge: Wire, path: WirePath, room: Room, detail: Detail): number | null {
  if (detail === 'far' || edge.data === undefined || !('state' in edge.data)) return null;
  const size = middleRoom(edge.data, path.length, labelScale[detail]);
  // Nothing to say now: when there is, it starts in the middle.
  if (size === null) return 0.5;
  for (const at of stops) {
    const center = {
      x: path.start.x + (path.end.x - path.start.x) * at,
      y: path.start.y + (path.end.y - path.start.y) * at,
    };
    const box = boxAround(center, size.width, size.height);
    // A label that lies on another wire would be read as that wire's.
    if (!room.isFree(box) || room.isCrossed(box, edge.id)) continue;
    room.take(edge.id, box);
    return at;
  }
  return null;
}

function planEnd(edge: Wire, path: WirePath, end: 'first' | 'second', room: Room): EndChoice {
  const text = edge.data?.labels[end === 'first' ? 0 : 1];
  const all = text === undefined ? [] : endLabel(path, end, text, false).lines;
  const whole = edge.selected === true ? all.length : all.filter(({ quiet }) => !quiet).length;
  if (text === undefined || whole === 0) return { flipped: false, lines: 0 };
  for (let lines = whole; lines > 0; lines -= 1) {
    const tries = [false, true].map((flipped) => {
      const box = endBox(endLabel(path, end, text, flipped), lines);
      return { flipped, box, free: room.isFree(box) && !(flipped && room.isCrossedBy(box, path)) };
    });
    const free = tries.filter(({ free }) => free);
    const chosen = free.find(({ box }) => !room.isCrossed(box, edge.id)) ?? free[0];
    if (chosen === undefined) continue;
    room.take(edge.id, chosen.box);
    return { flipped: chosen.flipped, lines };
  }
  return { flipped: false, lines: 0 };
}

/** Size of the face at the ends of wires, in edges.css. */
const ascent = 10;
const descent = 3;
const characterWidth = 6.35;

function endBox(label: ReturnType<typeof endLabel>, count: number): Box {
  const lines = label.lines.slice(0, count);
  const width = Math.max(...lines.map(({ text }) => text.length * characterWidth));
  const xs = lines.map(({ x }) => x);
  const ys = lines.map(({ y }) => y);
  const left = label.anchor === 'start' ? Math.min(...xs) : Math.max(...xs) - width;
  const top = Math.min(...ys) - ascent;
  return { x: left, y: top, width, height: Math.max(...ys) + descent - top };
}
