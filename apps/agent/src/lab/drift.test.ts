import type { DriftItem } from '@vethlab/protocol';
import { expect, it } from 'vitest';
import { DriftBoard } from './drift.js';

function missing(namespace: string): DriftItem {
  return {
    kind: 'missing',
    namespace,
    description: `namespace ${namespace} is gone`,
    repair: {
      id: `namespace ${namespace}`,
      object: `namespace ${namespace}`,
      action: 'add',
      reason: `namespace ${namespace} is gone`,
      dependsOn: [],
      operation: { op: 'add-namespace', namespace: namespace as never },
    },
  };
}

it('tells a difference once, from however many of its ends it is found', async () => {
  const told: (readonly DriftItem[])[] = [];
  const board = new DriftBoard(
    async () => [missing('ns1')],
    (items) => told.push(items),
  );
  await board.update(new Set(['ns1']));
  await board.update(new Set(['ns-router']));
  expect(told.map((items) => items.map(({ namespace }) => namespace))).toEqual([['ns1']]);
});
