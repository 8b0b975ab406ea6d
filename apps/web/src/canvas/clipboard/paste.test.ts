import { applyEdit, type Edit, emptyTopology, type Topology } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { copyNodes } from './copy';
import { copyName } from './copy-name';
import { pasteEdit } from './paste';

function edited(topology: Topology, ...edits: Edit[]): Topology {
  const result = applyEdit(topology, { type: 'batch', edits });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.topology;
}

const places = new Map([
  ['h1', { x: 0, y: 0 }],
  ['h2', { x: 208, y: 0 }],
  ['r1', { x: 416, y: 0 }],
]);

function lab(): Topology {
  const name = (text: string) => text as never;
  const wired = edited(
    emptyTopology('Lab'),
    { type: 'add-node', kind: 'host', label: 'web' },
    { type: 'add-node', kind: 'host' },
    { type: 'add-node', kind: 'router' },
    { type: 'connect', from: { node: name('h1'), addresses: [name('10.0.0.1/24')] }, to: { node: name('h2') } },
    { type: 'connect', from: { node: name('h2') }, to: { node: name('r1') } },
  );
  return edited(wired, { type: 'set-link', link: 'h1:eth0--h2:eth0', up: false, label: 'cable' });
}

describe('copy and paste', () => {
  it('takes the links among the copied nodes along, and no others', () => {
    const copied = copyNodes(lab(), ['h1', 'h2'], places);
    expect(copied.links.map((link) => link.endpoints)).toEqual([['h1:eth0', 'h2:eth0']]);
  });

  it('makes an edit that the document accepts, with new names, the same wiring, and no addresses', () => {
    const before = lab();
    const { edit, names } = pasteEdit(copyNodes(before, ['h1', 'h2'], places), before, [...places.values()]);
    const result = applyEdit(before, edit);
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    expect(names).toEqual(['h3', 'h4']);
    expect(result.topology.nodes.h3?.label).toBe('web');
    expect(result.topology.nodes.h3?.interfaces.eth0?.addresses).toEqual([]);
    const link = result.topology.links.find((one) => one.endpoints[0] === 'h3:eth0');
    expect(link).toMatchObject({ endpoints: ['h3:eth0', 'h4:eth0'], up: false, label: 'cable' });
    expect(result.topology.links).toHaveLength(3);
  });

  it('copies VRFs with their interfaces, and commands into the same VRF', () => {
    const [r1, red, eth0] = ['r1', 'red', 'eth0'].map((text) => text as never);
    if (r1 === undefined || red === undefined || eth0 === undefined) throw new Error('no names');
    const run = ['python3', '-m', 'http.server', '80'];
    const before = edited(
      lab(),
      { type: 'set-vrf', node: r1, name: red, table: 7, interfaces: [eth0] },
      { type: 'add-command', node: r1, name: 'web' as never, run, vrf: red },
    );
    const { edit, names } = pasteEdit(copyNodes(before, ['r1'], places), before, [...places.values()]);
    const copy = edited(before, edit).nodes[names[0] ?? ''];
    expect(copy?.vrfs).toEqual({ red: { table: 7, interfaces: ['eth0'], routes: [] } });
    expect(copy?.commands).toEqual({ web: { run, vrf: 'red', start: 'with-lab', restart: 'never' } });
  });

  it('puts the copies where none lies on another node', () => {
    const before = lab();
    const { edit } = pasteEdit(copyNodes(before, ['h1', 'h2', 'r1'], places), before, [...places.values()]);
    const result = applyEdit(before, edit);
    if (!result.ok) throw new Error('refused');
    const spots = Object.values(result.topology.canvas.nodes);
    for (const spot of spots) {
      for (const other of places.values()) expect(Math.hypot(spot.x - other.x, spot.y - other.y)).toBeGreaterThan(60);
    }
  });
});

describe('the name of a copy', () => {
  it.each([
    ['ns1', 'host', [], 'ns2'],
    ['web', 'host', ['web2'], 'web3'],
    ['ns-router', 'router', [], 'ns-router2'],
    ['7', 'switch', [], 'sw2'],
    ['h99999999999999999999', 'host', [], 'h2'],
    ['a'.repeat(32), 'host', [], `${'a'.repeat(31)}2`],
  ] as const)('of %s (%s) is free and within the limit', (original, kind, taken, expected) => {
    expect(copyName(original, kind, new Set(taken))).toBe(expected);
  });
});
