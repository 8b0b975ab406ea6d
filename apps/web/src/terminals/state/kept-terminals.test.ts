import { expect, it } from 'vitest';
import { defaultKeptTerminals, parseKeptTerminals } from './kept-terminals';

it('comes back as it was kept', () => {
  const kept = { heightPx: 400, maximised: true, fontSizePx: 18, screenReader: true };
  expect(parseKeptTerminals(JSON.stringify(kept))).toEqual(kept);
});

it.each([null, '', '{', '[]', '"x"', '7', '{"heightPx":"9","maximised":"yes","fontSizePx":null,"__proto__":1}'])(
  'is the usual one when %s was kept',
  (text) => {
    expect(parseKeptTerminals(text)).toEqual(defaultKeptTerminals);
  },
);

it('holds sizes inside their limits', () => {
  expect(parseKeptTerminals('{"heightPx":1e9,"fontSizePx":1}')).toMatchObject({ heightPx: 1600, fontSizePx: 9 });
});
