import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { frameBatch } from './frame-batch';

let frames: (() => void)[] = [];
const page = { visibilityState: 'visible' };

beforeEach(() => {
  frames = [];
  page.visibilityState = 'visible';
  vi.useFakeTimers();
  vi.stubGlobal('document', page);
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('hands over once a frame, in order, after the frame and not in it', () => {
  const heard: (readonly number[])[] = [];
  const batch = frameBatch<number>((items) => heard.push(items));
  batch.push(1);
  batch.push(2);
  expect(frames).toHaveLength(1);
  frames[0]!();
  expect(heard).toEqual([]);
  vi.advanceTimersByTime(0);
  batch.push(3);
  frames[1]!();
  vi.advanceTimersByTime(0);
  expect(heard).toEqual([[1, 2], [3]]);
});

it('hands over in a hidden tab too, where no frame comes', () => {
  page.visibilityState = 'hidden';
  const heard: (readonly number[])[] = [];
  const batch = frameBatch<number>((items) => heard.push(items));
  batch.push(1);
  vi.advanceTimersByTime(200);
  expect(heard).toEqual([[1]]);
});

it('hands nothing over twice when it is emptied before the frame', () => {
  const heard: (readonly number[])[] = [];
  const batch = frameBatch<number>((items) => heard.push(items));
  batch.push(1);
  batch.flush();
  frames[0]!();
  vi.advanceTimersByTime(0);
  expect(heard).toEqual([[1]]);
});
