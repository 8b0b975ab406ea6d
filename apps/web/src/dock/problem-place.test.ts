import { applyEdit, type Diagnostic, type Edit, validate } from '@vethlab/topology';
import { expect, it } from 'vitest';
import { edited, labWith, name } from '../lab/testing/documents';
import { mendingOf, placeText, selectionAt } from './problem-place';

const topology = edited(labWith('h1', 'h2'), {
  type: 'connect',
  from: { node: name('h1') },
  to: { node: name('h2') },
}).topology;

it('finds on the canvas what a path means', () => {
  expect(selectionAt(topology, ['nodes', 'h1', 'interfaces', 'eth0'])).toEqual({ nodes: ['h1'] });
  expect(selectionAt(topology, ['links', 0, 'mtu'])).toEqual({ links: ['h1:eth0--h2:eth0'] });
  expect(selectionAt(topology, ['nodes', 'constructor'])).toBeNull();
  expect(selectionAt(topology, [])).toBeNull();
  expect(placeText(topology, ['nodes', 'h1', 'interfaces', 'eth0', 'addresses', 0])).toBe('h1:eth0');
});

it('makes an edit of a value that would work, and the edit is accepted', () => {
  const wrong = edited(topology, {
    type: 'set-addresses',
    node: name('h1'),
    ifname: 'eth0' as never,
    addresses: ['10.0.0.1/24' as never],
  }).topology;
  const diagnostic: Diagnostic = {
    code: 'address.example',
    severity: 'error',
    summary: '',
    detail: '',
    path: ['nodes', 'h1', 'interfaces', 'eth0', 'addresses', 0],
    fix: { label: 'Use 10.0.0.7/24', value: '10.0.0.7/24' },
  };
  const mending = mendingOf(wrong, diagnostic);
  expect(mending?.label).toBe('Use 10.0.0.7/24');
  const result = applyEdit(wrong, mending?.edit as Edit);
  expect(result.ok && result.topology.nodes.h1?.interfaces.eth0?.addresses).toEqual(['10.0.0.7/24']);
  expect(mendingOf(wrong, { ...diagnostic, path: ['nodes', 'h1', 'label'] })).toBeNull();
});

it('gives the next free address to one of two interfaces with the same, and then nothing is wrong', () => {
  const both = ['h1', 'h2'].reduce(
    (before, node) =>
      edited(before, {
        type: 'set-addresses',
        node: name(node),
        ifname: 'eth0' as never,
        addresses: ['10.0.0.1/24' as never],
      }).topology,
    topology,
  );
  const found = validate(both).filter(({ code }) => code === 'address.duplicate');
  expect(found).toHaveLength(2);
  const mending = mendingOf(both, found[1] as Diagnostic);
  expect(mending?.label).toBe('Use 10.0.0.2/24');
  expect(validate(edited(both, mending?.edit as Edit).topology)).toEqual([]);
});

it('puts the gateway that would work into its route', () => {
  const refusal: Diagnostic = {
    code: 'route.gateway-unreachable',
    severity: 'error',
    summary: '',
    detail: '',
    path: ['nodes', 'h1', 'routes', 0, 'via'],
    fix: { label: 'Use 10.0.0.254', value: '10.0.0.254' },
  };
  const node = {
    ...(topology.nodes.h1 as NonNullable<typeof topology.nodes.h1>),
    routes: [{ to: 'default' } as never],
  };
  const wrong = { ...topology, nodes: { ...topology.nodes, h1: node } };
  expect(mendingOf(wrong, refusal)?.edit).toEqual({
    type: 'set-routes',
    node: 'h1',
    routes: [{ to: 'default', via: '10.0.0.254' }],
  });
  expect(mendingOf(topology, refusal)).toBeNull();
});
