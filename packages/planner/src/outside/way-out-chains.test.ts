import { expect, it } from 'vitest';
import { wayOutChains } from './way-out-chains.js';

it('a way out translates what leaves, and drops what is nobody’s', () => {
  const lines = wayOutChains.flatMap(({ name, base, rules }) =>
    rules.map(({ match, action }) => `${base.type} ${base.hook} ${name}: ${JSON.stringify(match)} ${action.kind}`),
  );
  expect(lines).toEqual([
    'filter prerouting strays: {"in":"uplink","state":["invalid"]} drop',
    'nat postrouting leaving: {"out":"uplink"} masquerade',
  ]);
});
