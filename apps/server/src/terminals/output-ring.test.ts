import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { OutputRing } from './output-ring.js';

function readAll(ring: OutputRing, from = ring.start): string {
  const parts: Buffer[] = [];
  for (let offset = from; offset < ring.end; ) {
    const part = ring.read(offset, 1_000);
    expect(part.length).toBeGreaterThan(0);
    parts.push(part);
    offset += part.length;
  }
  return Buffer.concat(parts).toString('latin1');
}

describe('the ring of output', () => {
  it('gives back what was written, at any size of piece', () => {
    for (const size of [7, 4_096, 20_000, 70_000]) {
      const ring = new OutputRing(64 * 1024);
      let all = '';
      for (let count = 0; all.length < 200_000; count += 1) {
        const text = `${count}:`.padEnd(size, 'abcdefghijklmnopqrstuvwxyz'.charAt(count % 26));
        all += text;
        ring.push(Buffer.from(text, 'latin1'));
        expect(ring.end).toBe(all.length);
        expect(ring.end - ring.start).toBeLessThanOrEqual(64 * 1024);
      }
      // The oldest part goes as a whole: a 32nd of it all.
      expect(ring.end - ring.start).toBeGreaterThan(62 * 1024);
      expect(readAll(ring)).toBe(all.slice(ring.start));
      expect(readAll(ring, ring.end - 10)).toBe(all.slice(-10));
    }
  });

  it('keeps everything until it is full, and no memory that it does not need', () => {
    const ring = new OutputRing(64 * 1024);
    const before = process.memoryUsage().arrayBuffers;
    const rings = Array.from({ length: 128 }, () => new OutputRing(1024 * 1024));
    for (const each of rings) each.push(Buffer.from('ns1:~# '));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5 * 1024 * 1024);
    ring.push(Buffer.alloc(64 * 1024, 'x'));
    expect(ring.start).toBe(0);
    ring.push(Buffer.from('y'));
    expect(ring.start).toBe(2 * 1024);
  });

  it('begins at the start of a line once it has forgotten what was before', () => {
    const ring = new OutputRing(1024);
    ring.push(Buffer.from('line 0000\n'));
    expect(ring.beginning).toBe(0);
    for (let count = 1; count < 200; count += 1) ring.push(Buffer.from(`line ${String(count).padStart(4, '0')}\n`));
    expect(ring.start % 10).not.toBe(0);
    expect(ring.beginning).toBe(Math.ceil(ring.start / 10) * 10);
    expect(readAll(ring, ring.beginning)).toMatch(/^line 01\d\d\n/);
  });

  it('gives back noise, which cannot be packed, and what was read before it was forgotten', () => {
    const ring = new OutputRing(64 * 1024);
    const noise = randomBytes(200_000);
    ring.push(noise.subarray(0, 10_000));
    const early = ring.read(0, 2_000);
    ring.push(noise.subarray(10_000));
    expect(readAll(ring)).toBe(noise.subarray(ring.start).toString('latin1'));
    expect(early.equals(noise.subarray(0, early.length))).toBe(true);
    expect(() => ring.read(ring.start - 1, 1)).toThrow(RangeError);
    expect(() => ring.read(ring.end, 1)).toThrow(RangeError);
  });

  it('begins where it is when there is no line in it', () => {
    const ring = new OutputRing(8);
    ring.push(Buffer.from('0123456789'));
    expect(ring.beginning).toBe(2);
    expect(readAll(ring)).toBe('23456789');
  });
});
