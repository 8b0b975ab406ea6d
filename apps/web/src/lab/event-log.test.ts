import { applyObservedDelta, emptyObserved, type ObservedDelta } from '@vethlab/observed';
import { applyEdit, type Edit, emptyTopology } from '@vethlab/topology';
import { expect, it } from 'vitest';
import { appendEvents, eventsOf, maxEvents } from './event-log';

const before = {
  clientId: 'me',
  run: { state: 'running' },
  drift: [],
  clients: 1,
  topology: null,
  observed: emptyObserved,
} as const;

it('stays bounded and keeps counting', () => {
  const many = Array.from({ length: maxEvents + 5 }, (_, index) => ({ level: 'info', text: `${index}` }) as const);
  const events = appendEvents(appendEvents([], many, 1), [{ level: 'info', text: 'last' }], 2);
  expect(events).toHaveLength(maxEvents);
  expect(events.at(-1)).toEqual({ id: maxEvents + 6, level: 'info', text: 'last', atMs: 2 });
});

it('tells a failed step with the command and the words of the kernel', () => {
  const step = {
    id: 's1',
    action: 'add',
    object: 'address 10.0.0.1/24 on h1:eth0',
    reason: '',
    dependsOn: [],
    operation: { op: 'add-namespace', namespace: 'h1' as never },
  } as const;
  const report = {
    revision: 3,
    steps: 2,
    operations: 2,
    ms: 8.25,
    failures: [{ step, errno: 'EEXIST', message: 'File exists', commands: ['ip address add …'], skipped: ['s2'] }],
    differences: [],
    plan: [step],
  };
  expect(eventsOf({ type: 'applied', seq: 1, report }, before).map((event) => event.text)).toEqual([
    'Failed: address 10.0.0.1/24 on h1:eth0: File exists (ip address add …) 1 step not tried.',
    'Revision 3: 2 steps applied in 8.25 ms',
  ]);
});

it('says whose edit it was', () => {
  const edit = { type: 'document', seq: 1, revision: 2, diff: { renames: [], changes: [] }, diagnostics: [] } as const;
  const text = (author: string | null) => eventsOf({ ...edit, author, summary: 'Added h1.' }, before)[0]?.text;
  expect([text('me'), text('you'), text(null)]).toEqual([
    'You: Added h1.',
    'Someone else: Added h1.',
    'Changed outside: Added h1.',
  ]);
});

it('tells a run state once, whatever progress comes with it', () => {
  const run = { type: 'run', seq: 1, run: { state: 'running' }, progress: null } as const;
  expect(eventsOf(run, before)).toEqual([]);
  expect(eventsOf(run, { ...before, run: { state: 'starting' } })).toEqual([{ level: 'info', text: 'Running' }]);
});

it('says when a lab begins to reach the outside, and when it does no more though it should', () => {
  const made = applyEdit(emptyTopology('Test'), {
    type: 'add-node',
    kind: 'internet',
    name: 'inet',
  } as unknown as Edit);
  if (!made.ok) throw new Error('refused');
  const open: ObservedDelta = { namespaces: { inet: { wayOut: { subnet: '198.18.0.0/24', hostPorts: [] } } } };
  const ended: ObservedDelta = { namespaces: { inet: { wayOut: null } } };
  const now = { ...before, topology: made.topology };
  const outside = { ...now, observed: applyObservedDelta(emptyObserved, open) };
  const told = (delta: ObservedDelta, at: typeof now) => eventsOf({ type: 'observed', seq: 1, delta }, at);
  expect(told(open, now)).toEqual([{ level: 'info', text: 'inet reaches the outside' }]);
  expect(told(open, outside)).toEqual([]);
  expect(told(ended, outside)).toEqual([{ level: 'warning', text: 'The way out of inet ended' }]);
  expect(told(ended, { ...outside, topology: emptyTopology('Test') })).toEqual([]);
  expect(told({ namespaces: { inet: { routes: [] } } }, outside)).toEqual([]);
});
