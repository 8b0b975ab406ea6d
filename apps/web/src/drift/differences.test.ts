import { emptyObserved } from '@vethlab/observed';
import type { Ghosts } from '@vethlab/planner';
import type { DriftItem } from '@vethlab/protocol';
import { describe, expect, it } from 'vitest';
import { edited, labWith, name } from '../lab/testing/documents';
import { differencesAt, differencesOf } from './differences';
import { noGhosts, withoutLeaving } from './ghosts-now';

const step = (id: string, operation: object) =>
  ({ id, action: 'remove', object: id, reason: '', dependsOn: [], operation }) as unknown as DriftItem['repair'];

const gone: DriftItem = {
  kind: 'missing',
  namespace: 'ns1',
  ifname: 'veth0',
  description: 'route default via 192.168.1.254 is gone',
  repair: {
    ...step('set-route:ns1:default', {
      op: 'set-route',
      namespace: 'ns1',
      route: { family: 4, to: 'default', via: '192.168.1.254', dev: 'veth0' },
    }),
    action: 'add',
  },
};
const stranger = (namespace: string, ifname: string): DriftItem => ({
  kind: 'unexpected',
  namespace,
  ifname,
  description: `${ifname} is not in the lab`,
  repair: step(`remove-interface:${namespace}:${ifname}`, { op: 'remove-interface', namespace, ifname }),
});
const ghosts: Ghosts = {
  namespaces: [{ id: 'namespace x', name: 'x', kind: 'host', whyNot: null }],
  pairs: [
    {
      id: 'interface ns1/a',
      ends: [
        { namespace: 'ns1', ifname: 'a' },
        { namespace: 'x', ifname: 'b' },
      ],
      whyNot: null,
    },
  ],
  interfaces: [
    { id: 'interface ns1/br9', namespace: 'ns1', ifname: 'br9', type: 'bridge', whyNot: 'A host has no bridge.' },
  ],
};

const empty = labWith();

describe('differences', () => {
  it('tell each thing once: a ghost is not told again as drift', () => {
    const found = differencesOf(
      empty,
      emptyObserved,
      [gone, stranger('ns1', 'a'), stranger('ns1', 'br9'), stranger('x', 'b')],
      ghosts,
    );
    expect(found.map(({ id }) => id)).toEqual([
      'set-route:ns1:default',
      'namespace x',
      'interface ns1/a',
      'interface ns1/br9',
    ]);
  });

  it('say where, what and why not, and which command reverts them', () => {
    const [route, , pair, bridge] = differencesOf(empty, emptyObserved, [gone], ghosts);
    expect(route).toMatchObject({ where: 'ns1:veth0', text: gone.description, whyNot: null });
    expect(route?.commands.join()).toContain('ip -n ns1 route');
    expect(pair).toMatchObject({ where: 'ns1:a – x:b', places: ['ns1', 'ns1:a', 'x', 'x:b'] });
    expect(bridge).toMatchObject({ text: 'the bridge br9 is not in the lab', whyNot: 'A host has no bridge.' });
  });

  it('that no lab can say tell why, instead of being offered for adoption', () => {
    const topology = edited(labWith(), { type: 'add-node', kind: 'switch', name: name('sw1') }).topology;
    const forwarding = { ipv4: false, ipv6: false };
    const withNamespace = {
      namespaces: { sw1: { name: 'sw1', inode: 1, forwarding, interfaces: {}, routes: [] } },
    };
    const down: DriftItem = {
      ...gone,
      kind: 'changed',
      namespace: 'sw1',
      ifname: 'br0',
      repair: step('set-interface:sw1:br0:up', { op: 'set-interface', namespace: 'sw1', ifname: 'br0', up: true }),
    };
    const [bridge, route] = differencesOf(topology, withNamespace, [down, gone], noGhosts);
    expect(bridge?.whyNot).toBe('In a lab the bridge of a switch is always up.');
    expect(route?.whyNot).toBeNull();
  });

  it('are marked on node, link and interface', () => {
    const all = differencesOf(empty, emptyObserved, [gone], ghosts);
    expect(differencesAt(all, new Set(['ns1:veth0'])).map(({ id }) => id)).toEqual(['set-route:ns1:default']);
    expect(differencesAt(all, new Set(['ns1']))).toHaveLength(3);
  });

  it('show control characters of names', () => {
    const [item] = differencesOf(empty, emptyObserved, [{ ...gone, description: 'evil\u001b[2J is gone' }], noGhosts);
    expect(item?.text).toBe('evil‹ESC›[2J is gone');
  });
});

describe('what an edit has just taken out', () => {
  it('is no ghost until the kernel was brought to the edit', () => {
    const wired = edited(labWith('h1', 'h2'), {
      type: 'connect',
      from: { node: name('h1') },
      to: { node: name('h2') },
    }).topology;
    const found: Ghosts = {
      namespaces: [{ id: 'namespace h1', name: 'h1', kind: 'host', whyNot: null }, ...ghosts.namespaces],
      pairs: [
        {
          id: 'interface h1/eth0',
          ends: [
            { namespace: 'h1', ifname: 'eth0' },
            { namespace: 'h2', ifname: 'eth0' },
          ],
          whyNot: null,
        },
        ...ghosts.pairs,
      ],
      interfaces: ghosts.interfaces,
    };
    expect(withoutLeaving(found, wired)).toEqual(ghosts);
  });
});
