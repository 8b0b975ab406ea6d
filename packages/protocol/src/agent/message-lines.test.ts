import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MessageLines } from './message-lines.js';

it('gives the same lines however the stream is cut', () => {
  const word = fc.string().map((text) => JSON.stringify(text));
  fc.assert(
    fc.property(fc.array(word), fc.array(fc.nat(20)), (lines, cuts) => {
      const reader = new MessageLines();
      const found: string[] = [];
      let rest = lines.map((line) => `${line}\n`).join('');
      for (const cut of cuts) {
        found.push(...reader.add(rest.slice(0, cut)));
        rest = rest.slice(cut);
      }
      found.push(...reader.add(rest));
      expect(found).toEqual(lines);
    }),
  );
});
