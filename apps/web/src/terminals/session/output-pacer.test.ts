import { expect, it } from 'vitest';
import { OutputPacer } from './output-pacer';

/** A terminal that takes 3 ms for each piece, and a clock that goes on only then. */
function setUp(mayRest = true) {
  let clock = 0;
  const heard: string[] = [];
  const waiting: (() => void)[] = [];
  const pacer = new OutputPacer({
    write: (bytes, written) => {
      heard.push(`${bytes.length}`);
      waiting.push(() => {
        clock += 3;
        written();
      });
    },
    now: () => clock,
    wait: (ms, then) => {
      heard.push(`rest ${ms}`);
      waiting.push(() => {
        clock += ms;
        then();
      });
    },
    mayRest: () => mayRest,
  });
  const run = (): void => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) next();
  };
  const add = (length: number): void => {
    pacer.add({ bytes: new Uint8Array(length), written: () => heard.push(`done ${length}`) });
  };
  return { add, run, heard };
}

it('writes a keystroke at once', () => {
  const { add, heard } = setUp();
  add(1);
  expect(heard).toEqual(['1']);
});

it('keeps the order, gives the page a turn in a flood, and drops nothing', () => {
  const { add, run, heard } = setUp();
  for (const length of [1, 2, 3, 4, 5]) add(length);
  run();
  expect(heard).toEqual(['1', 'done 1', '2', 'done 2', '3', 'done 3', 'rest 16', '4', 'done 4', '5', 'done 5']);
  add(6);
  expect(heard.at(-1)).toBe('6');
});

it('does not rest in a hidden tab', () => {
  const { add, run, heard } = setUp(false);
  for (let length = 1; length <= 20; length++) add(length);
  run();
  expect(heard.some((text) => text.startsWith('rest'))).toBe(false);
  expect(heard.at(-1)).toBe('done 20');
});
