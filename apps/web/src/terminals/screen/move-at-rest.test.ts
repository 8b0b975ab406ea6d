import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { moveAtRest } from './move-at-rest';

let style: Record<string, string>;
let field: HTMLElement;

beforeEach(() => {
  vi.useFakeTimers();
  style = { left: '0px' };
  field = Object.assign(new EventTarget(), { style }) as unknown as HTMLElement;
  moveAtRest(field);
});
afterEach(() => vi.useRealTimers());

it('a field stays where it is while one types, and is where the cursor is afterwards', () => {
  for (const left of ['8px', '16px', '24px']) {
    field.style.left = left;
    vi.advanceTimersByTime(100);
    expect(field.style.left).toBe(left);
    expect(style.left).toBe('0px');
  }
  vi.advanceTimersByTime(50);
  expect(style.left).toBe('24px');
});

it('goes to the cursor at once when an input method begins, and follows it until it ends', () => {
  field.style.left = '8px';
  field.dispatchEvent(new Event('compositionstart'));
  expect(style.left).toBe('8px');
  field.style.left = '16px';
  expect(style.left).toBe('16px');
  field.dispatchEvent(new Event('compositionend'));
  field.style.left = '24px';
  expect(style.left).toBe('16px');
});
