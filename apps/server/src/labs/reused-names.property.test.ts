import {
  applyEdit,
  type Edit,
  interfaceEntries,
  nodeEntries,
  parseEdit,
  parseTopology,
  type Topology,
} from '@vethlab/topology';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { LabDocument } from './lab-document.js';

// Three thousand stories, on a machine that may be busy with much else.
vi.setConfig({ testTimeout: 60_000 });

/*
 * Every node has a label and every interface an MTU that no other one has and that no edit here changes: they tell who is
 * who, whatever the names say.
 */

let marks = 0;

function mark(): number {
  marks += 1;
  return marks;
}

function start(): Topology {
  const node = () => ({
    kind: 'host',
    label: `mark ${mark()}`,
    interfaces: Object.fromEntries(
      ['a', 'b'].map((name) => [name, { addresses: [], up: true, mtu: 1_280 + (mark() % 60_000) }]),
    ),
    routes: [],
  });
  const parsed = parseTopology({
    vethlab: 1,
    name: 'Names',
    nodes: { h1: node(), h2: node(), h3: node() },
    links: [{ endpoints: ['h1:a', 'h2:a'], up: true }],
    probes: [],
    canvas: { nodes: {} },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.value;
}

function editOf(data: object): Edit {
  const parsed = parseEdit(data);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.value;
}

/** What others do: names are left, given, exchanged, and given again. */
const others = fc.record({
  kind: fc.nat(7),
  node: fc.constantFrom('h1', 'h2', 'h3', 'web'),
  to: fc.constantFrom('h1', 'h2', 'h3', 'web'),
  ifname: fc.constantFrom('a', 'b', 'c'),
  toIfname: fc.constantFrom('a', 'b', 'c'),
});

function editByOthers({
  kind,
  node,
  to,
  ifname,
  toIfname,
}: typeof others extends fc.Arbitrary<infer T> ? T : never): Edit {
  const added = { type: 'add-interface', node, ifname };
  const marked = { type: 'set-interface', node, ifname, mtu: 1_280 + (mark() % 60_000) };
  const edits = [
    { type: 'rename-node', node, to },
    { type: 'rename-node', node, to },
    { type: 'remove-nodes', nodes: [node] },
    { type: 'add-node', kind: 'host', name: node, label: `mark ${mark()}` },
    { type: 'rename-interface', node, ifname, to: toIfname },
    { type: 'remove-interface', node, ifname },
    { type: 'batch', edits: [added, marked] },
    {
      type: 'batch',
      edits: [
        { type: 'rename-node', node, to: 'aside' },
        { type: 'rename-node', node: to, to: node },
        { type: 'rename-node', node: 'aside', to },
      ],
    },
  ];
  return editOf(edits[kind % edits.length] ?? {});
}

/** An edit of one interface or node, and how to see in a document which one it was. */
const ours = [
  { type: 'set-addresses', node: 'h1', ifname: 'a', addresses: ['10.0.0.1/24'] },
  { type: 'set-interface', node: 'h2', ifname: 'a', up: false },
  { type: 'move-nodes', positions: { h1: { x: 5, y: 5 } } },
  { type: 'add-interface', node: 'h3', ifname: 'new' },
  { type: 'rename-node', node: 'h1', to: 'ours' },
  { type: 'rename-interface', node: 'h1', ifname: 'b', to: 'ours' },
  { type: 'remove-nodes', nodes: ['h2'] },
  { type: 'remove-interface', node: 'h2', ifname: 'b' },
  { type: 'set-link', link: 'h1:a--h2:a', up: false },
  { type: 'disconnect', link: 'h1:a--h2:a' },
  { type: 'set-routes', node: 'h3', routes: [{ to: '10.9.0.0/16', dev: 'a' }] },
];

/** Every object by its mark, with all that an edit can change in it; ends of links by the marks of their interfaces. */
function byMark(topology: Topology): Map<string, string> {
  const found = new Map<string, string>();
  const ends = new Map<string, string>();
  for (const [name, node] of nodeEntries(topology)) {
    const routes = node.routes.map(({ dev, ...route }) => ({
      ...route,
      dev: interfaceMark(topology, name, dev ?? ''),
    }));
    const position = Object.entries(topology.canvas.nodes).find(([key]) => key === name)?.[1];
    found.set(`node ${node.label}`, JSON.stringify([name === 'ours', routes, position ?? null]));
    for (const [ifname, iface] of interfaceEntries(node)) {
      const is = iface.mtu ?? `new in ${node.label}`;
      ends.set(`${name}:${ifname}`, String(is));
      found.set(`interface ${is}`, JSON.stringify([ifname === 'ours', iface.addresses, iface.up, node.label]));
    }
  }
  for (const { endpoints, up } of topology.links) {
    found.set(`link ${endpoints.map((end) => ends.get(end)).join()}`, String(up));
  }
  return found;
}

function interfaceMark(topology: Topology, node: string, ifname: string): string {
  const record = nodeEntries(topology).find(([name]) => name === node)?.[1];
  return String(record === undefined ? null : interfaceEntries(record).find(([name]) => name === ifname)?.[1].mtu);
}

/** Marks of the objects that an edit made, changed or removed. */
function touched(before: Topology, after: Topology): string[] {
  const [old, now] = [byMark(before), byMark(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter((key) => old.get(key) !== now.get(key)).sort();
}

describe('an edit that was made before others gave names anew', () => {
  it('changes what it would have changed then, or is stale', () => {
    const outcomes = new Map<string, number>();
    fc.assert(
      fc.property(
        fc.array(others, { minLength: 1, maxLength: 5 }),
        fc.nat(ours.length - 1),
        fc.boolean(),
        (script, which, asDiff) => {
          const before = start();
          const document = new LabDocument(before, 1);
          let edit = editOf(ours[which] ?? {});
          const then = applyEdit(before, edit);
          if (!then.ok) throw new Error('An edit of the test does not fit its own document.');
          if (asDiff) edit = { type: 'apply-diff', diff: then.diff };
          for (const other of script) {
            const attempt = document.attempt(editByOthers(other), document.revision);
            if (attempt.type === 'fits') document.commit(attempt.result.topology, attempt.result.diff, 'other');
          }
          const attempt = document.attempt(edit, 1, 'own');
          outcomes.set(attempt.type, (outcomes.get(attempt.type) ?? 0) + 1);
          if (attempt.type !== 'fits') return;
          const intended = new Set(touched(before, then.topology));
          // Something of it may be gone by now, or have come to it; nothing else may be touched.
          const wrong = touched(document.topology, attempt.result.topology).filter(
            (key) => !intended.has(key) && byMark(before).has(key),
          );
          expect(wrong).toEqual([]);
          const direct = touched(document.topology, attempt.result.topology).filter((key) => intended.has(key));
          expect(direct.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 3_000 },
    );
    expect(outcomes.get('fits')).toBeGreaterThan(100);
    expect(outcomes.get('stale')).toBeGreaterThan(100);
    expect(outcomes.get('invalid')).toBeUndefined();
  });
});

describe('two people', () => {
  const rename = editOf({ type: 'rename-node', node: 'h1', to: 'web' });
  const again = editOf({ type: 'add-node', kind: 'host', name: 'h1' });
  const label = editOf({ type: 'set-node', node: 'h1', label: 'mine' });

  function documentAfter(...edits: readonly (readonly [Edit, string | null])[]): LabDocument {
    const document = new LabDocument(start(), 1);
    for (const [edit, author] of edits) {
      const attempt = document.attempt(edit, document.revision, author);
      if (attempt.type !== 'fits') throw new Error('It does not fit.');
      document.commit(attempt.result.topology, attempt.result.diff, author);
    }
    return document;
  }

  it('one of whom gives a name anew: the edit of the other is stale, with what changed', () => {
    const document = documentAfter([rename, 'a'], [again, 'a']);
    expect(document.attempt(label, 1, 'b')).toMatchObject({ type: 'stale', revision: 3, changed: [{}, {}] });
    expect(document.attempt(label, 1, null)).toMatchObject({ type: 'stale' });
    expect(document.attempt(label, 3, 'b').type).toBe('fits');
  });

  it('one of whom gave the name: it knows what it says', () => {
    expect(documentAfter([rename, 'b'], [again, 'b']).attempt(label, 1, 'b').type).toBe('fits');
    expect(documentAfter([rename, 'b'], [again, 'a']).attempt(label, 1, 'b').type).toBe('stale');
  });

  it('of whom one renames and renames back: nothing is in the way', () => {
    const back = editOf({ type: 'rename-node', node: 'web', to: 'h1' });
    expect(documentAfter([rename, 'a'], [back, 'a']).attempt(label, 1, 'b').type).toBe('fits');
  });

  it('one of whom gives the name of a command anew: what the other does to it is stale', () => {
    const add = (run: string) => editOf({ type: 'add-command', node: 'h1', name: 'web', run: [run] });
    const remove = editOf({ type: 'remove-command', node: 'h1', name: 'web' });
    const set = editOf({ type: 'set-command', node: 'h1', name: 'web', restart: 'always' });
    const document = documentAfter([add('one'), 'a'], [remove, 'a'], [add('two'), 'a']);
    expect(document.attempt(set, 2, 'b')).toMatchObject({ type: 'stale' });
    expect(document.attempt(remove, 2, 'b')).toMatchObject({ type: 'stale' });
    expect(document.attempt(set, 2, 'a').type).toBe('fits');
    expect(document.attempt(set, 4, 'b').type).toBe('fits');
    const other = editOf({ type: 'add-command', node: 'h1', name: 'other', run: ['x'] });
    expect(document.attempt(other, 2, 'b').type).toBe('fits');
  });

  it('who edit other things: nothing is in the way', () => {
    const other = editOf({ type: 'set-node', node: 'h2', label: 'mine' });
    expect(documentAfter([rename, 'a'], [again, 'a']).attempt(other, 1, 'b').type).toBe('fits');
  });
});
