import { expect, it } from 'vitest';
import { edited, labWith, name } from '../lab/testing/documents';
import { drawingPositions } from './drawing-layout';

const connect = (from: string, to: string) =>
  ({ type: 'connect', from: { node: name(from) }, to: { node: name(to) } }) as const;

it('keeps the places of the canvas when all nodes have one', () => {
  expect(drawingPositions(labWith('h1', 'h2'))).toEqual(
    new Map([
      ['h1', { x: 0, y: 0 }],
      ['h2', { x: 0, y: 0 }],
    ]),
  );
});

it('draws a chain as a line, and no two nodes on one place', () => {
  let topology = labWith('h1', 'r1', 'h2');
  topology = edited(edited(topology, connect('h1', 'r1')).topology, connect('r1', 'h2')).topology;
  const positions = drawingPositions({ ...topology, canvas: { nodes: {} } });
  expect(['h1', 'r1', 'h2'].map((node) => positions.get(node)?.x)).toEqual([0, 120, 240]);
  expect(new Set([...positions.values()].map(({ x, y }) => `${x},${y}`)).size).toBe(3);
});
