import type { ObservedNamespace } from '@vethlab/observed';
import { describe, expect, it } from 'vitest';
import { driftOf } from '../drift.js';
import { planLab } from '../plan-lab.js';
import { all, kernel, lab, namespace, pair } from '../testing/typed-kernel.js';
import { adoptionOf } from './adoption-of.js';
import { choiceOf } from './choice.js';

describe('rules', () => {
  const accept = { type: 'filter', priority: 0, policy: 'accept' } as const;
  const masquerade = {
    family: 'ip',
    name: 'nat',
    chains: [
      {
        name: 'POSTROUTING',
        base: { type: 'nat', hook: 'postrouting', priority: 100, policy: 'accept' },
        rules: [{ match: { out: 'e0' }, action: { kind: 'masquerade' } }],
      },
    ],
  } as const;
  const counted = {
    family: 'inet',
    name: 'odd',
    chains: [{ name: 'c', base: { ...accept, hook: 'input' }, rules: [null] }],
  } as const;
  const drawn = lab(`nodes:
  r: { kind: router, interfaces: { e0: {} } }
  h: { kind: host, interfaces: { e0: {} } }
links: [{ endpoints: ["r:e0", "h:e0"] }]
`);
  const seen = (...tables: NonNullable<ObservedNamespace['tables']>) =>
    kernel(
      namespace('r', { e0: pair('h', 'e0') }, { forwarding: { ipv4: true, ipv6: true }, tables }),
      namespace('h', { e0: pair('r', 'e0') }),
    );

  it('typed with iptables become those of the node, stay where they are, and are replaced by ours with the next edit of them', () => {
    const observed = seen(masquerade);
    const { topology, leftOut } = all(observed, drawn);
    expect(leftOut).toEqual([]);
    expect(topology.nodes.r?.nat?.masquerade).toEqual([{ out: 'e0', family: 'ipv4' }]);
    expect(driftOf({ topology, observed })).toEqual([]);
    const keep = { observed, unmanaged: 'keep' } as const;
    expect(planLab({ topology, previous: drawn, ...keep }).steps).toEqual([]);
    const edited = lab(`nodes:
  r: { kind: router, interfaces: { e0: {} }, nat: { masquerade: [{ out: e0 }] } }
  h: { kind: host, interfaces: { e0: {} } }
links: [{ endpoints: ["r:e0", "h:e0"] }]
`);
    const { steps } = planLab({ topology: edited, previous: topology, ...keep });
    expect(steps.map(({ id }) => id)).toEqual(['set-rules:r', 'remove-table:r:ip:nat']);
  });

  it('are a difference until they are adopted, and can be picked alone', () => {
    const observed = seen(masquerade);
    const [item, ...others] = driftOf({ topology: drawn, observed });
    expect(others).toEqual([]);
    expect(item).toMatchObject({ kind: 'unexpected', description: 'table ip nat in r is not in the lab' });
    const items = choiceOf(item === undefined ? [] : [item.repair.operation], []);
    expect(adoptionOf({ topology: drawn, observed, items }).topology.nodes.r?.nat?.masquerade).toHaveLength(1);
  });

  it('that no document can say are told, and left alone', () => {
    const observed = seen(counted);
    const { topology, leftOut } = all(observed, drawn);
    expect(topology).toEqual(drawn);
    expect(leftOut.map(({ what, why }) => [what, why])).toEqual([
      ['the table inet odd', 'Rule 1 of the chain c does more than a lab can say.'],
    ]);
    expect(driftOf({ topology, observed })).toEqual([]);
  });

  it('go from the document when they are gone from the kernel', () => {
    const had = all(seen(masquerade), drawn).topology;
    expect(all(seen(), had).topology.nodes.r).not.toHaveProperty('nat');
  });
});
