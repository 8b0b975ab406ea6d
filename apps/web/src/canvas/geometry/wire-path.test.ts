import { describe, expect, it } from 'vitest';
import { endLabel } from './end-label';
import { labelSide } from './label-side';
import { silhouettes } from './silhouette';
import { parallelOffset, wirePath } from './wire-path';

const at = (x: number, y: number) => ({ center: { x, y }, shape: silhouettes.host });

describe('wires between the same two nodes', () => {
  it('lie side by side around the straight line, and a single one on it', () => {
    expect(parallelOffset(0, 1, silhouettes.host)).toBe(0);
    expect([0, 1, 2].map((index) => parallelOffset(index, 3, silhouettes.host))).toEqual([-20, 0, 20]);
  });
  it('stay within the smaller silhouette however many there are', () => {
    const offsets = Array.from({ length: 12 }, (_, index) => parallelOffset(index, 12, silhouettes.host));
    expect(Math.max(...offsets.map(Math.abs))).toBeLessThanOrEqual(28);
  });
  it('are straight, from outline to outline', () => {
    const path = wirePath(at(0, 0), at(200, 0), 0);
    expect(path.start.x).toBeCloseTo(34, 1);
    expect(path.end.x).toBeCloseTo(166, 1);
    expect(path.length).toBeCloseTo(132, 1);
  });
});

describe('the labels at the ends of a wire', () => {
  it('lie on opposite sides of it, so that they never meet', () => {
    for (let angle = 0.05; angle < 6.28; angle += 0.1) {
      const path = wirePath(at(0, 0), at(Math.cos(angle) * 260, Math.sin(angle) * 260), 0);
      const side = (end: 'first' | 'second') => {
        const label = endLabel(path, end, { ifname: 'eth0', state: null, addresses: [] }, false);
        const line = label.lines[0];
        if (line === undefined) return 0;
        // Middle of the text, and on which side of the line through both nodes it lies.
        const x = line.x + (label.anchor === 'start' ? 14 : -14);
        const y = line.y - 4;
        return Math.sign(path.direction.x * y - path.direction.y * x);
      };
      expect(side('first') * side('second'), `at ${angle.toFixed(2)} rad`).toBe(-1);
    }
  });
  it('leave out an address that is longer than the wire, and keep the name', () => {
    const path = wirePath(at(0, 0), at(140, 0), 0);
    const label = endLabel(
      path,
      'first',
      { ifname: 'eth0', state: null, addresses: ['2001:db8:1234:5678::1/64'] },
      false,
    );
    expect(label.lines.map((line) => line.text)).toEqual(['eth0']);
  });
});

describe('the caption of a node', () => {
  it.each([
    ['below', []],
    ['below', [{ x: 100, y: 0 }]],
    ['above', [{ x: 0, y: 100 }]],
    [
      'right',
      [
        { x: 0, y: 100 },
        { x: 0, y: -100 },
      ],
    ],
    [
      'below',
      [
        { x: 0, y: 100 },
        { x: 0, y: -100 },
        { x: 100, y: 0 },
        { x: -100, y: 0 },
      ],
    ],
  ] as const)('stands %s when its wires go to %o', (side, neighbours) => {
    expect(labelSide({ x: 0, y: 0 }, neighbours)).toBe(side);
  });
});
