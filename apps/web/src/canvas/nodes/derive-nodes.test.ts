import type { Observed, ObservedNamespace } from '@vethlab/observed';
import { ghostsOf } from '@vethlab/planner';
import { applyEdit, type Edit, emptyTopology, type Topology } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { createEdgeDeriver } from '../edges/derive-edges';
import { ghostNodes } from '../ghosts/ghost-drawing';
import { placeMissing } from '../placement/place-missing';
import { captionSides, createNodeDeriver, type NodeSources, wiredEndpoints } from './derive-nodes';

function edited(topology: Topology, edit: Edit): Topology {
  const result = applyEdit(topology, edit);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.topology;
}

const name = (text: string) => text as never;
const address = (text: string) => text as never;

function twoHosts(): Topology {
  return edited(emptyTopology('Lab'), {
    type: 'batch',
    edits: [
      { type: 'add-node', kind: 'host', position: { x: 0, y: 0 } },
      { type: 'add-node', kind: 'host', position: { x: 208, y: 0 } },
      {
        type: 'connect',
        from: { node: name('h1'), addresses: [address('10.0.0.1/24')] },
        to: { node: name('h2'), addresses: [address('10.0.0.2/24')] },
      },
      { type: 'add-interface', node: name('h1') },
      { type: 'add-probe', from: name('h1'), to: name('10.0.0.2') },
    ],
  });
}

const namespace = (named: string): ObservedNamespace => ({
  name: named,
  inode: 1,
  forwarding: { ipv4: false, ipv6: false },
  interfaces: {},
  routes: [],
});

function sources(topology: Topology, observed: Observed = { namespaces: {} }): NodeSources {
  const places = placeMissing(topology, new Map());
  return {
    topology,
    observed,
    places,
    drifting: new Set(),
    wired: wiredEndpoints(topology.links),
    dragged: new Map(),
    selected: new Set(),
    liveness: 'live',
    missing: new Set(),
    ghosts: ghostNodes(ghostsOf(topology, observed), observed, (node) => Object.hasOwn(topology.nodes, node)),
    selectedGhosts: new Set(),
    sides: captionSides(topology, [], places),
  };
}

describe('nodes of the canvas', () => {
  it('have a name for screen readers that tells kind, address, state and links', () => {
    const observed = { namespaces: { h1: namespace('h1') } };
    const [first, second] = createNodeDeriver()(sources(twoHosts(), observed));
    expect(first?.ariaLabel).toBe('host h1, 10.0.0.1/24, up, 1 link');
    expect(second?.ariaLabel).toBe('host h2, 10.0.0.2/24, not in the kernel yet, 1 link');
  });

  it('tell whether there is a way out, and that this machine can have none', () => {
    const topology = edited(emptyTopology('Lab'), { type: 'add-node', kind: 'internet', position: { x: 0, y: 0 } });
    const open = { ...namespace('inet1'), wayOut: { subnet: '198.18.0.0/24', hostPorts: [] } };
    const given = sources(topology, { namespaces: { inet1: namespace('inet1') } });
    const derive = createNodeDeriver();
    const labelOf = (of: NodeSources) => derive(of)[0]?.ariaLabel;
    expect(labelOf(given)).toBe('internet inet1, up, no way out, 0 links');
    expect(labelOf({ ...given, missing: new Set(['way-out']) })).toContain('no way out on this machine');
    expect(labelOf({ ...given, missing: new Set(['nft']) })).toContain('no way out on this machine');
    expect(labelOf({ ...given, missing: new Set(['vrf']) })).not.toContain('on this machine');
    expect(labelOf({ ...given, observed: { namespaces: { inet1: open } } })).toContain('reaches the outside');
  });

  it('show the interfaces without a wire on themselves', () => {
    const [first] = createNodeDeriver()(sources(twoHosts()));
    expect(first?.type === 'managed' && first.data.state.loose.map((end) => end.endpoint)).toEqual(['h1:eth1']);
  });

  it('are the same objects while nothing about them has changed', () => {
    const derive = createNodeDeriver();
    const topology = twoHosts();
    const before = derive(sources(topology));
    const after = derive(sources(edited(topology, { type: 'set-node', node: name('h2'), label: 'web' })));
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });

  it('drift when something was changed behind their back', () => {
    const given = sources(twoHosts(), { namespaces: { h1: namespace('h1') } });
    const [first] = createNodeDeriver()({ ...given, drifting: new Set(['h1']) });
    expect(first?.ariaLabel).toContain('differs from the document');
  });

  it('have their captions on the other side of a wire that somebody typed', () => {
    const lab = twoHosts();
    const places = new Map([
      ['h1', { x: 0, y: 0 }],
      ['h2', { x: 400, y: 0 }],
      ['kernel/', { x: 0, y: 152 }],
    ]);
    const sides = captionSides({ ...lab, links: [] }, [{ id: 'kernel/', neighbours: ['h1'] }], places);
    expect([sides.get('h1'), sides.get('h2')]).toEqual(['above', undefined]);
  });

  it('show what the document does not have dashed and read-only, whatever it is called', () => {
    const hostile = Object.fromEntries([
      ['__proto__', namespace('__proto__')],
      ['$(id)', namespace('$(id)')],
      ['\u001b[31m', namespace('\u001b[31m')],
    ]);
    const given = sources(twoHosts(), { namespaces: hostile });
    const strangers = createNodeDeriver()(given).filter((node) => node.type === 'unmanaged');
    expect(strangers.map((node) => node.data.namespace)).toEqual(['__proto__', '$(id)', '\u001b[31m']);
    expect(strangers.every((node) => node.draggable === false && node.connectable === false)).toBe(true);
    expect(strangers[2]?.ariaLabel).toContain('‹ESC›[31m');
  });
});

describe('edges of the canvas', () => {
  const given = (topology: Topology) => ({
    topology,
    observed: { namespaces: {} },
    drifting: new Set<string>(),
    rates: {},
    samples: {},
    arcs: new Map<string, 'left' | 'right'>(),
    liveness: 'live' as const,
    selectedLinks: new Set<string>(),
    selectedProbes: new Set<string>(),
  });

  it('are one for each link, and one for each probe to an address that some node has', () => {
    const topology = edited(twoHosts(), { type: 'add-probe', from: name('h1'), to: name('192.0.2.9') });
    const edges = createEdgeDeriver()(given(topology));
    expect(edges.map((edge) => [edge.id, edge.source, edge.target])).toEqual([
      ['h1:eth0--h2:eth0', 'h1', 'h2'],
      ['h1>10.0.0.2', 'h1', 'h2'],
    ]);
  });

  it('stay the same objects when only another link has traffic', () => {
    const topology = edited(twoHosts(), { type: 'connect', from: { node: name('h1') }, to: { node: name('h2') } });
    const derive = createEdgeDeriver();
    const before = derive(given(topology));
    const rates = { 'h1:eth0': { rxBitsPerSecond: 8, txBitsPerSecond: 8 } };
    const after = derive({ ...given(topology), rates });
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
  });
});

describe('places of nodes', () => {
  it('are the document’s where it has them, and free spots beside their neighbours where it has not', () => {
    const topology = { ...twoHosts(), canvas: { nodes: { h1: { x: 40, y: 40 } } } };
    const places = placeMissing(topology, new Map());
    expect(places.get('h1')).toEqual({ x: 40, y: 40 });
    expect(places.get('h2')?.x).toBeGreaterThan(100);
  });
});
