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

function down(namespace: string, ifname: string): DriftItem {
  const { repair, ...item } = missing(namespace);
  const operation = { op: 'set-interface', namespace: namespace as never, ifname, up: true } as const;
  return { ...item, ifname, repair: { ...repair, id: `${namespace}:${ifname}`, operation } };
}

it('tells a difference once, from however many of its ends it is found', async () => {
  const told: (readonly DriftItem[])[] = [];
  const board = new DriftBoard(
    async () => [missing('ns1')],
    (items) => told.push(items),
  );
  await board.update(new Map([['ns1', 'all']]));
  await board.update(new Map([['ns-router', 'all']]));
  expect(told.map((items) => items.map(({ namespace }) => namespace))).toEqual([['ns1']]);
});

it('keeps what differs elsewhere in a node when it looks at one interface of it', async () => {
  let told: readonly DriftItem[] = [];
  let kernel = [down('r', 'e1'), down('r', 'e2'), missing('r')];
  const board = new DriftBoard(
    async (scope) => kernel.filter(({ ifname }) => scope.get('r') === 'all' || ifname !== 'e2'),
    (items) => {
      told = items;
    },
  );
  await board.update(new Map([['r', 'all']]));
  expect(told.map(({ repair }) => repair.id)).toEqual(['r:e1', 'r:e2', 'namespace r']);
  kernel = [down('r', 'e2')];
  await board.update(new Map([['r', new Set(['e1'])]]));
  expect(told.map(({ repair }) => repair.id)).toEqual(['r:e2']);
  kernel = [];
  await board.update(new Map([['r', new Set(['e2'])]]));
  expect(told).toEqual([]);
});
