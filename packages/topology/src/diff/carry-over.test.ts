import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdit } from '../edits/apply-edit.js';
import type { Edit } from '../edits/edit.js';
import { parseLabFile } from '../lab-file/parse-lab-file.js';
import type { Topology } from '../model/topology.js';
import { linkKey } from '../model/topology-access.js';
import { choice, document, editFor } from '../testing/random-edits.js';
import { carryOver } from './carry-over.js';
import { invertDiff } from './invert-diff.js';
import type { TopologyDiff } from './topology-diff.js';

const none: TopologyDiff = { renames: [], changes: [] };

function lab(text: string): Topology {
  const { topology, diagnostics } = parseLabFile(`vethlab: 1\nname: test\n${text}`);
  if (topology === null) throw new Error(JSON.stringify(diagnostics));
  return topology;
}

const start = lab(`nodes:
  h1: { kind: host, interfaces: { eth0: { addresses: [10.0.0.1/24] } } }
  h2: { kind: host, interfaces: { eth0: { addresses: [10.0.0.2/24] } } }
links:
  - { endpoints: ["h1:eth0", "h2:eth0"] }
`);

function after(topology: Topology, ...edits: readonly unknown[]): { topology: Topology; diff: TopologyDiff } {
  const result = applyEdit(topology, { type: 'batch', edits: edits as Edit[] });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result;
}

/** What `typed` changes, on a document that `held` has led on to. */
function both(typed: unknown, held: unknown) {
  const past = after(start, held);
  const carried = carryOver(after(start, typed).diff, past.diff, past.topology);
  return carried.ok ? after(past.topology, { type: 'apply-diff', diff: carried.diff }).topology : carried.conflicts;
}

const addresses = (node: string, ...texts: string[]) => ({
  type: 'set-addresses',
  node,
  ifname: 'eth0',
  addresses: texts,
});

describe('a change carried over others', () => {
  it('follows a node that has another name there', () => {
    const topology = both(addresses('h1', '10.0.0.9/24'), { type: 'rename-node', node: 'h1', to: 'web' });
    expect(topology).toMatchObject({ nodes: { web: { interfaces: { eth0: { addresses: ['10.0.0.9/24'] } } } } });
  });

  it('joins two changes of one interface, field by field and address by address', () => {
    const mtu = { type: 'set-interface', node: 'h1', ifname: 'eth0', mtu: 1400 };
    expect(both(addresses('h1', '10.0.0.1/24', '10.1.0.1/24'), mtu)).toMatchObject({
      nodes: { h1: { interfaces: { eth0: { mtu: 1400, addresses: ['10.0.0.1/24', '10.1.0.1/24'] } } } },
    });
    expect(both(addresses('h1', '10.1.0.1/24'), addresses('h1', '10.0.0.1/24', '10.2.0.1/24'))).toMatchObject({
      nodes: { h1: { interfaces: { eth0: { addresses: ['10.2.0.1/24', '10.1.0.1/24'] } } } },
    });
  });

  it('leaves out what is so already', () => {
    const gone = { type: 'remove-nodes', nodes: ['h2'] };
    expect(both(gone, gone)).toEqual(after(start, gone).topology);
    const same = { type: 'add-node', kind: 'host', name: 'h3' };
    expect(both(same, same)).toEqual(after(start, same).topology);
  });

  it('leaves nodes where they stand there', () => {
    const place = (x: number) => ({ type: 'move-nodes', positions: { h1: { x, y: 0 } } });
    expect(both(place(10), place(20))).toMatchObject({ canvas: { nodes: { h1: { x: 20, y: 0 } } } });
  });

  it('keeps a record that is only put elsewhere among the others', () => {
    const [link] = start.links;
    if (link === undefined) throw new Error('There is a link.');
    const moved = { record: 'link', key: linkKey(link), index: 0 } as const;
    const diff: TopologyDiff = {
      renames: [],
      changes: [
        { ...moved, before: link, after: null },
        { ...moved, before: null, after: link },
      ],
    };
    expect(carryOver(diff, none, start)).toEqual({ ok: true, diff });
  });

  it('keeps a command whose name another one got, in its place', () => {
    const named = (name: string, program: string) => ({ type: 'add-command', node: 'h1', name, run: [program] });
    const topology = after(start, named('web', 'httpd'), named('ping', 'ping')).topology;
    const result = after(
      topology,
      named('aside', 'true'),
      { type: 'remove-command', node: 'h1', name: 'web' },
      { type: 'rename-command', node: 'h1', name: 'aside', to: 'web' },
    );
    const back = invertDiff(result.diff);
    expect(carryOver(result.diff, none, topology)).toEqual({ ok: true, diff: result.diff });
    expect(carryOver(back, none, result.topology)).toEqual({ ok: true, diff: back });
  });

  it.each([
    [
      'one address became two others',
      addresses('h1', '10.0.0.8/24'),
      addresses('h1', '10.0.0.9/24'),
      'h1:eth0 (addresses)',
    ],
    [
      'two MTUs',
      { type: 'set-interface', node: 'h1', ifname: 'eth0', mtu: 1400 },
      { type: 'set-interface', node: 'h1', ifname: 'eth0', mtu: 1300 },
      'h1:eth0 (mtu)',
    ],
    ['what changed is gone there', addresses('h1', '10.0.0.8/24'), { type: 'remove-nodes', nodes: ['h1'] }, 'h1:eth0'],
    ['what is gone was changed there', { type: 'remove-nodes', nodes: ['h1'] }, addresses('h1'), 'h1:eth0'],
    [
      'two kinds of one name',
      { type: 'add-node', kind: 'host', name: 'x' },
      { type: 'add-node', kind: 'router', name: 'x' },
      'x (kind)',
    ],
  ])('is refused when %s, and says where', (_, typed, held, place) => {
    expect(both(typed, held)).toEqual([place]);
  });

  it('is the same when there are no others, and back again', () => {
    fc.assert(
      fc.property(document(), choice, (topology, next) => {
        const result = applyEdit(topology, editFor(topology, next));
        if (!result.ok) return;
        const back = invertDiff(result.diff);
        expect(carryOver(result.diff, none, topology)).toEqual({ ok: true, diff: result.diff });
        expect(carryOver(back, none, result.topology)).toEqual({ ok: true, diff: back });
      }),
      { numRuns: 200 },
    );
  });
});
