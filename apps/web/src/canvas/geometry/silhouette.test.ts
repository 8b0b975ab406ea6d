import { describe, expect, it } from 'vitest';
import { distanceToOutline, leavePoint, silhouettes } from './silhouette';

const center = { x: 100, y: 50 };

describe('the outline of a node', () => {
  it('is a circle for a router: the same distance in every direction', () => {
    for (let angle = 0; angle < 6.28; angle += 0.3) {
      expect(distanceToOutline(silhouettes.router, Math.cos(angle) * 30, Math.sin(angle) * 30)).toBeCloseTo(0, 6);
    }
  });
  it('cuts the corners of a host: its corner lies outside', () => {
    expect(distanceToOutline(silhouettes.host, 28, 28)).toBeGreaterThan(5);
    expect(distanceToOutline(silhouettes.host, 28, 0)).toBeCloseTo(0, 6);
  });
});

describe('a wire', () => {
  it.each(['host', 'router', 'switch'] as const)(
    'leaves a %s at the gap from its outline, in every direction',
    (kind) => {
      const shape = silhouettes[kind];
      for (let angle = 0; angle < 6.28; angle += 0.2) {
        const far = { x: center.x + Math.cos(angle) * 500, y: center.y + Math.sin(angle) * 500 };
        const point = leavePoint(shape, center, center, far, 6);
        expect(distanceToOutline(shape, point.x - center.x, point.y - center.y)).toBeCloseTo(6, 2);
      }
    },
  );
  it('ends where it should go when the nodes overlap', () => {
    const near = { x: 105, y: 50 };
    expect(leavePoint(silhouettes.host, center, center, near, 6)).toEqual(near);
  });
});
