import type { Position } from '@vethlab/topology';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlowEdge } from '../edges/edge-data';
import { endLabel } from '../geometry/end-label';
import { pointOnArc, probePath } from '../geometry/probe-path';
import { silhouettes } from '../geometry/silhouette';
import { wirePath } from '../geometry/wire-path';
import { type Detail, labelScale } from '../hooks/use-detail';
import type { FlowNode } from '../nodes/node-data';
import { type Box, boxAround, boxesMeet } from './boxes';
import { captionBoxes } from './caption-box';
import { keepSame, type LabelPlan } from './label-plan';
import { middleRoom } from './middle-text';
import { planLabels } from './plan-labels';
import { probeText } from './probe-text';

const state = { presence: 'present', loose: [], linkCount: 1, beyond: null };

function node(name: string, position: Position, address: string | null = '192.168.100.1/24'): FlowNode {
  const data = {
    name,
    kind: 'host',
    label: null,
    side: 'below',
    inner: [],
    state: { ...state, firstAddress: address },
  };
  return { id: name, type: 'managed', position, data } as unknown as FlowNode;
}

function link(from: string, to: string, extra: { offset?: number; selected?: boolean; label?: string } = {}): FlowEdge {
  const text = (name: string) => ({ ifname: `eth-${name}`, state: null, addresses: ['10.0.0.1/24', '2001:db8::1/64'] });
  const data = {
    link: { ...(extra.label === undefined ? {} : { label: extra.label }) },
    state: { appearance: 'up', drift: false, forwardBitsPerSecond: 3_000, backwardBitsPerSecond: 0 },
    labels: [text(from), text(to)],
    shapes: [silhouettes.host, silhouettes.host],
    offset: extra.offset ?? 0,
    crowded: false,
    impairments: [null, null],
  };
  const id = `${from}:e${extra.offset ?? 0}--${to}:e`;
  return {
    id,
    type: 'link',
    source: from,
    target: to,
    selected: extra.selected ?? false,
    data,
  } as unknown as FlowEdge;
}

function ping(from: string, to: string): FlowEdge {
  const data = {
    state: { verdict: 'failing', reason: 'no route from here', rttMs: null, lossPercent: 100 },
    shapes: [silhouettes.host, silhouettes.host],
    rank: 0,
    side: 'left',
  };
  return { id: `${from}>${to}`, type: 'probe', source: from, target: to, data } as unknown as FlowEdge;
}

/** Everything that the plan puts on the drawing, as the canvas draws it: which node or wire it is of, and what it covers. */
function drawn(nodes: readonly FlowNode[], edges: readonly FlowEdge[], plan: LabelPlan, detail: Detail) {
  const items: { readonly of: string; readonly what: string; readonly box: Box; readonly forced: boolean }[] = [];
  const place = (name: string) => nodes.find(({ id }) => id === name)?.position ?? { x: 0, y: 0 };
  for (const one of nodes) {
    if (one.type !== 'managed') continue;
    const { side, full } = plan.captions.get(one.id) ?? { side: 'below', full: true };
    const below = full && one.data.state.firstAddress !== null ? [one.data.state.firstAddress] : [];
    // A name is shown always, also where there is no room at all.
    for (const box of captionBoxes(one.position, silhouettes.host, side, { name: one.data.name, below }, detail))
      items.push({ of: one.id, what: 'caption', box, forced: true });
    items.push({ of: one.id, what: 'shape', box: boxAround(one.position, 56, 56), forced: true });
  }
  for (const edge of edges) {
    const ends = [
      { center: place(edge.source), shape: silhouettes.host },
      { center: place(edge.target), shape: silhouettes.host },
    ] as const;
    if (edge.type === 'probe' && edge.data) {
      const choice = plan.arcs.get(edge.id);
      if (choice === undefined) continue;
      const { width, height } = probeText(edge.data.state, choice.short);
      const scale = labelScale[detail];
      const path = probePath(ends[0], ends[1], 0, edge.data.side);
      const box = boxAround(pointOnArc(path, choice.at, width * scale), width * scale, height * scale);
      items.push({ of: edge.id, what: 'ping', box, forced: choice.short });
    }
    if (edge.type !== 'link' || !edge.data) continue;
    const path = wirePath(ends[0], ends[1], edge.data.offset);
    const choice = plan.links.get(edge.id);
    const size = middleRoom(edge.data, path.length, labelScale[detail]);
    if (size !== null && choice?.middle != null) {
      const at = choice.middle;
      const center = {
        x: path.start.x + (path.end.x - path.start.x) * at,
        y: path.start.y + (path.end.y - path.start.y) * at,
      };
      items.push({ of: edge.id, what: 'middle', box: boxAround(center, size.width, size.height), forced: false });
    }
    for (const [index, end] of (['first', 'second'] as const).entries()) {
      const text = edge.data.labels[index === 0 ? 0 : 1];
      const { flipped, lines } = choice?.ends[index === 0 ? 0 : 1] ?? { flipped: false, lines: 0 };
      const label = endLabel(path, end, text, flipped);
      for (const line of label.lines.slice(0, lines)) {
        const width = line.text.length * 6.3;
        const box = { x: label.anchor === 'start' ? line.x : line.x - width, y: line.y - 9, width, height: 11 };
        items.push({ of: edge.id, what: `${end} end`, box, forced: false });
      }
    }
  }
  return items;
}

function collisions(items: ReturnType<typeof drawn>): string[] {
  const found: string[] = [];
  for (const [index, a] of items.entries()) {
    for (const b of items.slice(index + 1)) {
      if (a.of === b.of || (a.forced && b.forced)) continue;
      if (boxesMeet(a.box, b.box)) found.push(`${a.what} of ${a.of} on ${b.what} of ${b.of}`);
    }
  }
  return found;
}

describe('labels', () => {
  it('of a node with wires on all sides stand between two of them', () => {
    const around = [
      { x: 0, y: -200 },
      { x: 0, y: 200 },
      { x: -300, y: 0 },
      { x: 300, y: 0 },
    ].map((position, index) => node(`h${index}`, position, null));
    const nodes = [node('sw', { x: 0, y: 0 }, null), ...around];
    const plan = planLabels(
      nodes,
      around.map(({ id }) => link('sw', id)),
      'near',
    );
    expect(plan.captions.get('sw')).toEqual({ side: 'corner', full: true });
  });

  it('of a roomy drawing stand at their usual places, all of them', () => {
    const nodes = [node('h1', { x: 0, y: 0 }, '10.0.0.1/24'), node('h2', { x: 400, y: 0 }, '10.0.0.2/24')];
    const plan = planLabels(nodes, [link('h1', 'h2')], 'near');
    expect(plan.captions.get('h1')).toEqual({ side: 'below', full: true });
    expect(plan.links.get('h1:e0--h2:e')).toEqual({
      ends: [
        { flipped: false, lines: 3 },
        { flipped: false, lines: 3 },
      ],
      middle: 0.5,
    });
  });

  it('of parallel wires do not meet, at any direction', () => {
    for (let degrees = 0; degrees < 360; degrees += 15) {
      const angle = (degrees * Math.PI) / 180;
      const nodes = [node('h1', { x: 0, y: 0 }), node('h2', { x: Math.cos(angle) * 240, y: Math.sin(angle) * 240 })];
      const edges = [link('h1', 'h2', { offset: -18 }), link('h1', 'h2', { offset: 18 }), ping('h1', 'h2')];
      const items = drawn(nodes, edges, planLabels(nodes, edges, 'near'), 'near');
      expect(collisions(items), `at ${degrees}°`).toEqual([]);
    }
  });

  it('never lie on a node, a name or each other, however close everything stands', () => {
    const place = fc.record({ x: fc.integer({ min: 0, max: 60 }), y: fc.integer({ min: 0, max: 40 }) });
    fc.assert(
      fc.property(
        fc.array(place, { minLength: 2, maxLength: 12 }),
        fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 16 }),
        fc.constantFrom<Detail>('near', 'middle'),
        (places, pairs, detail) => {
          const nodes = places.map(({ x, y }, index) => node(`node${index}`, { x: x * 8, y: y * 8 }));
          const edges = new Map<string, FlowEdge>();
          for (const [index, [a, b]] of pairs.entries()) {
            const [from, to] = [a % nodes.length, b % nodes.length];
            if (from === to) continue;
            const edge = index % 3 === 0 ? ping(`node${from}`, `node${to}`) : link(`node${from}`, `node${to}`);
            edges.set(edge.id, edge);
          }
          const list = [...edges.values()];
          const items = drawn(nodes, list, planLabels(nodes, list, detail), detail);
          // A sign of a ping in a heap of nodes has nowhere to go; and nothing asks it to.
          expect(collisions(items.filter(({ what, forced }) => what !== 'ping' || !forced))).toEqual([]);
        },
      ),
    );
  });

  it('lose the address before the name', () => {
    const nodes = [node('h1', { x: 0, y: 0 }), node('h2', { x: 72, y: 0 }), node('h3', { x: 144, y: 0 })];
    const plan = planLabels(nodes, [], 'near');
    const items = drawn(nodes, [], plan, 'near');
    const captions = items.filter(({ what }) => what === 'caption');
    for (const [index, one] of captions.entries())
      expect(captions.slice(index + 1).some((other) => other.of !== one.of && boxesMeet(one.box, other.box))).toBe(
        false,
      );
    expect([...plan.captions.values()].some(({ full }) => full)).toBe(true);
  });

  it('of the selected wire come first', () => {
    const nodes = [node('h1', { x: 0, y: 0 }), node('h2', { x: 400, y: 0 }), node('h3', { x: 400, y: 80 })];
    const tight = (selected: boolean) => {
      const edges = [link('h1', 'h2'), link('h1', 'h3', { selected })];
      return planLabels(nodes, edges, 'near').links.get('h1:e0--h3:e')?.ends[0].lines ?? 0;
    };
    expect(tight(true)).toBeGreaterThan(tight(false));
  });

  it('that did not move are the same objects again', () => {
    const nodes = [node('h1', { x: 0, y: 0 }), node('h2', { x: 320, y: 0 }), node('h3', { x: 640, y: 0 })];
    const edges = [link('h1', 'h2'), link('h2', 'h3')];
    const before = planLabels(nodes, edges, 'near');
    const moved = [...nodes.slice(0, 2), node('h3', { x: 720, y: 0 })];
    const after = keepSame(before, planLabels(moved, edges, 'near'));
    expect(after.links.get('h1:e0--h2:e')).toBe(before.links.get('h1:e0--h2:e'));
    expect(after.captions.get('h1')).toBe(before.captions.get('h1'));
  });

  it('of a thousand nodes are planned in a moment', () => {
    const nodes = Array.from({ length: 1_000 }, (_, index) =>
      node(`h${index}`, { x: (index % 40) * 160, y: Math.floor(index / 40) * 120 }),
    );
    const edges = nodes.slice(1).map(({ id }) => link('h0', id));
    // A bound against quadratic work, ten times what it takes; one good round is enough: another test may run in any of them.
    let bestMs = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 5 && bestMs >= 1_000; round += 1) {
      const startedMs = performance.now();
      planLabels(nodes, edges, 'middle');
      bestMs = Math.min(bestMs, performance.now() - startedMs);
    }
    expect(bestMs).toBeLessThan(1_000);
  });
});
