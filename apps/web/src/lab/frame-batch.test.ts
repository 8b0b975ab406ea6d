import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { noteTerminalKey } from '../view/echo-wait';
import { type FrameBatch, frameBatch } from './frame-batch';

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

describe('while somebody types in a terminal', () => {
  let heard: (readonly number[])[];
  let batch: FrameBatch<number>;
  beforeEach(() => {
    noteTerminalKey(true);
    heard = [];
    batch = frameBatch<number>((items) => heard.push(items));
  });

  it('asks for a frame after the sign of a key, and not just before the next one', () => {
    noteTerminalKey(false);
    vi.advanceTimersByTime(20);
    batch.push(1);
    vi.advanceTimersByTime(29);
    expect(frames).toHaveLength(0);
    vi.advanceTimersByTime(1);
    frames[0]!();
    vi.advanceTimersByTime(40);
    batch.push(2);
    vi.advanceTimersByTime(15);
    noteTerminalKey(false);
    vi.advanceTimersByTime(49);
    expect(frames).toHaveLength(1);
    vi.advanceTimersByTime(6);
    frames[1]!();
    vi.advanceTimersByTime(0);
    expect(heard).toEqual([[1], [2]]);
  });

  it('asks for one all the same when keys do not end', () => {
    noteTerminalKey(false);
    batch.push(1);
    for (let key = 0; key < 14; key += 1) {
      vi.advanceTimersByTime(40);
      noteTerminalKey(false);
    }
    expect(frames).toHaveLength(1);
  });

  it('asks for one at once after the end of a line, whose answer may show anywhere', () => {
    noteTerminalKey(false);
    noteTerminalKey(true);
    batch.push(1);
    expect(frames).toHaveLength(1);
  });
});
