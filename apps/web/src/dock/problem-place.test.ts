import { applyEdit, type Diagnostic } from '@vethlab/topology';
import { expect, it } from 'vitest';
import { edited, labWith, name } from '../lab/testing/documents';
import { fixEdit, placeText, selectionAt } from './problem-place';

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
  const edit = fixEdit(wrong, diagnostic);
  expect(edit).not.toBeNull();
  const result = applyEdit(wrong, edit!);
  expect(result.ok && result.topology.nodes.h1?.interfaces.eth0?.addresses).toEqual(['10.0.0.7/24']);
  expect(fixEdit(wrong, { ...diagnostic, path: ['nodes', 'h1', 'label'] })).toBeNull();
});
