import { describe, expect, it } from 'vitest';
import { drawingBounds } from './drawing-bounds';

describe('what a drawing covers', () => {
  it('is nothing without nodes', () => {
    expect(drawingBounds([], [])).toBeNull();
  });
  it('has room for captions around the nodes', () => {
    const bounds = drawingBounds(
      [
        { x: 0, y: 0 },
        { x: 200, y: 0 },
      ],
      [],
    );
    expect(bounds).toEqual({ x: -72, y: -68, width: 344, height: 136 });
  });
  it('reaches up to the label of an arc', () => {
    expect(drawingBounds([{ x: 0, y: 0 }], [{ x: 0, y: -132 }])?.y).toBe(-148);
  });
});
