import type { ApplyReport } from '@vethlab/protocol';
import { expect, it } from 'vitest';
import { until } from '../testing/until.js';
import { Audience } from './audience.js';

const step = {
  id: 'add-namespace:h',
  action: 'add' as const,
  object: 'namespace h',
  reason: 'it is not there',
  dependsOn: [],
  operation: { op: 'add-namespace' as const, namespace: 'h' },
};

/** The report of a large apply. */
const report = {
  revision: 1,
  steps: 20_000,
  operations: 20_000,
  ms: 1,
  failures: [],
  differences: [],
  plan: Array.from({ length: 20_000 }, () => step),
} as unknown as ApplyReport;

function listening() {
  const audience = new Audience();
  const heard: { readonly type: string; readonly seq: number }[] = [];
  let closed = false;
  audience.join({
    id: 'a',
    broadcast: (text, seq) => {
      expect(closed).toBe(false);
      const { type } = JSON.parse(text) as { type: string };
      heard.push({ type, seq });
    },
    close: () => {
      closed = true;
    },
  });
  return { audience, heard };
}

it('tells small news at once', () => {
  const { audience, heard } = listening();
  audience.announce({ type: 'clients', clients: 1 });
  expect(heard).toEqual([{ type: 'clients', seq: 1 }]);
});

it('writes a large report in slices, and what is announced meanwhile comes after it', async () => {
  const { audience, heard } = listening();
  audience.announce({ type: 'applied', report });
  audience.announce({ type: 'clients', clients: 1 });
  audience.announce({ type: 'applied', report });
  audience.announce({ type: 'mode', mode: 'held' });
  expect(heard).toEqual([]);
  await until(() => heard.length === 4, 'all of it');
  expect(heard.map(({ type }) => type)).toEqual(['applied', 'clients', 'applied', 'mode']);
  expect(heard.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  audience.announce({ type: 'clients', clients: 2 });
  expect(heard.at(-1)).toEqual({ type: 'clients', seq: 5 });
});

it('tells everything that was announced before it closes', async () => {
  const { audience, heard } = listening();
  audience.announce({ type: 'applied', report });
  audience.announce({ type: 'deleted' });
  audience.closeAll();
  expect(heard.map(({ type }) => type)).toEqual(['applied', 'deleted']);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(heard).toHaveLength(2);
});
