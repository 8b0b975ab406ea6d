import { expect, it } from 'vitest';
import { defaultKeptView, parseKeptView } from './kept-view';

it('comes back as it was kept', () => {
  const view = { ...defaultKeptView, theme: 'dark', dock: { open: false, tab: 'events', height: 300 } } as const;
  expect(parseKeptView(JSON.stringify(view))).toEqual(view);
});

it.each([null, '', '{', '[]', '"x"', '{"dock":null}', '{"dock":{"height":"1e9","tab":"constructor"},"theme":1}'])(
  'is the usual one when %s was kept',
  (text) => {
    expect(parseKeptView(text)).toEqual(defaultKeptView);
  },
);

it('holds sizes inside their limits', () => {
  expect(parseKeptView('{"dock":{"height":99999}}').dock.height).toBe(560);
  expect(parseKeptView('{"inspector":{"width":-5}}').inspector.width).toBe(260);
});
