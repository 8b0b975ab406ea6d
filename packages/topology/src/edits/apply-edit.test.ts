import { describe, expect, it } from 'vitest';
import { nodesTouchedBy } from '../diff/nodes-touched.js';
import { parseLabFile } from '../lab-file/parse-lab-file.js';
import type { Topology } from '../model/topology.js';
import { nodeOf } from '../model/topology-access.js';
import { nextIfname, nextNodeName } from '../naming/next-name.js';
import { parseEdit } from '../schemas/parse-edit.js';
import { validate } from '../validation/validate.js';
import { applyEdit } from './apply-edit.js';
import type { EditResult } from './edit.js';

function lab(text: string): Topology {
  const { topology, diagnostics } = parseLabFile(`vethlab: 1\nname: x\n${text}`);
  if (topology === null) throw new Error(JSON.stringify(diagnostics));
  return topology;
}

function edit(topology: Topology, data: object): EditResult {
  const parsed = parseEdit(data);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return applyEdit(topology, parsed.value);
}

function done(topology: Topology, data: object): Extract<EditResult, { ok: true }> {
  const result = edit(topology, data);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result;
}

const router = lab(`nodes:
  h1:
    kind: host
    interfaces: { e: { addresses: [10.0.0.1/24] } }
    routes: [{ to: default, via: 10.0.0.254 }, { to: 10.9.0.0/16, dev: e }]
  r1: { kind: router, interfaces: { a: { addresses: [10.0.0.254/24] }, b: { addresses: [10.0.1.254/24] } } }
  h2: { kind: host, interfaces: { e: { addresses: [10.0.1.1/24] } } }
links:
  - endpoints: ["h1:e", "r1:a"]
  - endpoints: ["h2:e", "r1:b"]
probes:
  - { from: h1, to: 10.0.1.1 }
  - { from: h2, to: 10.0.0.254 }
`);

describe('removing', () => {
  it('a node takes its links, its probes and the probes to its addresses, and says so', () => {
    const { summary, removed, topology } = done(router, { type: 'remove-nodes', nodes: ['h2'] });
    expect(summary).toBe('Removed h2, 1 link, 2 probes.');
    expect(removed.links).toEqual(['h2:e--r1:b']);
    expect(removed.probes).toEqual(['h1>10.0.1.1', 'h2>10.0.0.254']);
    expect(nodeOf(topology, 'r1')?.interfaces).toHaveProperty('b');
  });

  it('an address takes the routes through it, as the kernel does', () => {
    const { summary, removed } = done(router, { type: 'set-addresses', node: 'h1', ifname: 'e', addresses: [] });
    expect(removed.routes).toEqual([{ node: 'h1', route: { to: 'default', via: '10.0.0.254' } }]);
    expect(summary).toBe('Cleared the addresses of h1:e; removed 1 route through a gateway that is gone.');
  });

  it('an interface takes its link and all routes over it', () => {
    const { removed } = done(router, { type: 'remove-interface', node: 'h1', ifname: 'e' });
    expect(removed.routes.length).toBe(2);
    expect(removed.links).toEqual(['h1:e--r1:a']);
  });
});

describe('a batch', () => {
  it('is all or nothing, and names the edit that failed', () => {
    const result = edit(router, {
      type: 'batch',
      edits: [
        { type: 'add-node', kind: 'host' },
        { type: 'remove-nodes', nodes: ['nobody'] },
      ],
    });
    if (result.ok) throw new Error('accepted');
    expect(result.diagnostics.map(({ path }) => path)).toEqual([['edits', 1, 'nodes', 0]]);
  });

  it('may pass through what would be refused alone', () => {
    const { topology } = done(router, {
      type: 'batch',
      edits: [
        { type: 'set-routes', node: 'h1', routes: [{ to: 'default', via: '172.16.0.1' }] },
        { type: 'set-addresses', node: 'h1', ifname: 'e', addresses: ['172.16.0.2/24'] },
      ],
    });
    expect(nodeOf(topology, 'h1')?.routes).toEqual([{ to: 'default', via: '172.16.0.1' }]);
  });

  it('of two names exchanged is two nodes renamed, not rebuilt', () => {
    const { diff } = done(router, {
      type: 'batch',
      edits: [
        { type: 'rename-node', node: 'h1', to: 'x' },
        { type: 'rename-node', node: 'h2', to: 'h1' },
        { type: 'rename-node', node: 'x', to: 'h2' },
      ],
    });
    expect(diff.changes.filter(({ record }) => record === 'node')).toEqual([]);
    expect(diff.renames.length).toBe(3);
  });
});

describe('names come by themselves', () => {
  it('the lowest free number of the kind', () => {
    expect([nextNodeName(router, 'host'), nextNodeName(router, 'router'), nextNodeName(router, 'switch')]).toEqual([
      'h3',
      'r2',
      'sw1',
    ]);
    expect(nextIfname(router, 'h1')).toBe('eth0');
    const { created } = done(router, { type: 'connect', from: { node: 'h1' }, to: { node: 'h2' } });
    expect(created.links).toEqual(['h1:eth0--h2:eth0']);
  });
});

describe('warnings', () => {
  it('tell of an address that two interfaces have, at both of them, and only once', () => {
    const { warnings, topology } = done(router, {
      type: 'set-addresses',
      node: 'h2',
      ifname: 'e',
      addresses: ['10.0.0.1/24'],
    });
    expect(warnings.filter(({ code }) => code === 'address.duplicate').map(({ path }) => path[1])).toEqual([
      'h1',
      'h2',
    ]);
    expect(warnings.some(({ code }) => code === 'subnet.overlap')).toBe(true);
    expect(done(topology, { type: 'set-lab-name', name: 'y' }).warnings).toEqual([]);
  });

  it('name the switches of a loop, and stop when a link of it is down', () => {
    const ring = lab(`nodes:
  s1: { kind: switch, interfaces: { a: {}, b: {} } }
  s2: { kind: switch, interfaces: { a: {}, b: {} } }
  s3: { kind: switch, interfaces: { a: {}, b: {} } }
links:
  - endpoints: ["s1:a", "s2:a"]
  - endpoints: ["s2:b", "s3:a"]
  - endpoints: ["s3:b", "s1:b"]
`);
    const loops = (topology: Topology) => validate(topology).filter(({ code }) => code === 'switch.loop');
    expect(loops(ring).map(({ detail }) => detail.split(':')[0])).toEqual(['s3 – s2 – s1 – s3']);
    expect(loops(done(ring, { type: 'set-link', link: 's1:a--s2:a', up: false }).topology)).toEqual([]);
  });
});

describe('the nodes whose kernel state an edit can touch', () => {
  it.each([
    [{ type: 'set-link', link: 'h1:e--r1:a', up: false }, ['h1', 'r1']],
    [{ type: 'set-addresses', node: 'h1', ifname: 'e', addresses: ['10.0.0.9/24'] }, ['h1']],
    [{ type: 'remove-nodes', nodes: ['h1'] }, ['h1', 'r1']],
    [{ type: 'rename-node', node: 'h2', to: 'web' }, ['h2', 'web']],
    [{ type: 'rename-interface', node: 'h2', ifname: 'e', to: 'eth0' }, ['h2']],
    [{ type: 'set-routes', node: 'h1', routes: [] }, ['h1']],
    [{ type: 'move-nodes', positions: { h1: { x: 1, y: 1 } } }, []],
    [{ type: 'set-node', node: 'h1', label: 'x' }, []],
    [{ type: 'add-node', kind: 'host' }, ['h3']],
  ])('%j: %j', (data, names) => {
    const { diff, topology } = done(router, data);
    expect([...nodesTouchedBy(diff, router, topology)].sort()).toEqual(names);
  });
});
