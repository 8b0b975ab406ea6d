import { describe, expect, it } from 'vitest';
import { LogRing } from './log-ring.js';

const size = 64 * 1024;

describe('the log of a command', () => {
  it('is empty before anything was printed', () => {
    expect(new LogRing().read(0)).toEqual({ from: 0, next: 0, text: '' });
  });

  it('gives what was printed since, and only that', () => {
    const ring = new LogRing();
    ring.add(Buffer.from('one\n'));
    const { next } = ring.read(0);
    ring.add(Buffer.from('two\n'));
    expect(ring.read(next)).toEqual({ from: 4, next: 8, text: 'two\n' });
    expect(ring.read(8)).toEqual({ from: 8, next: 8, text: '' });
    expect(ring.read(1_000)).toEqual({ from: 8, next: 8, text: '' });
  });

  it('keeps the last 64 KB, however they came', () => {
    for (const piece of [1, 7, 1_000, size - 1, size, size + 1, 3 * size]) {
      const ring = new LogRing();
      const all = Array.from({ length: 200_000 }, (_, index) => String.fromCharCode(97 + (index % 26))).join('');
      for (let at = 0; at < all.length; at += piece) ring.add(Buffer.from(all.slice(at, at + piece)));
      expect(ring.read(0)).toEqual({ from: all.length - size, next: all.length, text: all.slice(-size) });
    }
  });

  it('never begins or ends inside a character', () => {
    const ring = new LogRing();
    ring.add(Buffer.from('a'.repeat(10)));
    const euro = Buffer.from('€');
    for (let count = 0; count < 30_000; count += 1) ring.add(euro);
    expect(ring.read(0).text).toMatch(/^€+$/);
    ring.add(euro.subarray(0, 2));
    const torn = ring.read(0);
    expect(torn.text).toMatch(/^€+$/);
    ring.add(euro.subarray(2));
    expect(ring.read(torn.next).text).toBe('€');
  });

  it('shows bytes that are no text as such', () => {
    const ring = new LogRing();
    ring.add(Buffer.from([0xff, 0xfe, 0x41]));
    expect(ring.read(0).text).toBe('\ufffd\ufffdA');
  });
});
