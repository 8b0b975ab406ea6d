import { type Edit, emptyTopology, invertDiff } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { addHost, edited, labWith, move, name } from './testing/documents';
import { SessionBench } from './testing/session-bench';

describe('an edit', () => {
  it('is seen at once and sent against the revision its author saw', () => {
    const bench = new SessionBench(labWith('h1'), 4);
    void bench.session.edit(addHost('h2'));
    expect(bench.nodes).toEqual(['h1', 'h2']);
    expect(bench.state.pendingEdits).toBe(1);
    expect(bench.lastEdit.baseRevision).toBe(4);
  });

  it.each(['answer-first', 'broadcast-first'] as const)(
    'is in the document once, whichever comes first: %s',
    async (order) => {
      const bench = new SessionBench(labWith('h1'));
      const outcome = bench.session.edit({ type: 'add-node', kind: 'host' });
      bench.acceptLast(labWith('h1'), 2, order);
      expect(await outcome).toMatchObject({ ok: true, created: { nodes: ['h2'] } });
      expect(bench.nodes).toEqual(['h1', 'h2']);
      expect(bench.state).toMatchObject({ revision: 2, pendingEdits: 0, canUndo: true });
    },
  );

  it('that the check refuses never leaves the page', async () => {
    const bench = new SessionBench(labWith('h1'));
    expect(await bench.session.edit(addHost('h1'))).toMatchObject({ ok: false });
    expect(bench.sent).toEqual([]);
  });

  it('that is larger than a message may be is refused here, and the next one is sent', async () => {
    const bench = new SessionBench(labWith('h1'));
    const labels = Array.from({ length: 8_000 }, (_, index) => ({
      type: 'set-node' as const,
      node: name('h1'),
      label: `${index} ${'x'.repeat(90)}`,
    }));
    const outcome = await bench.session.edit({ type: 'batch', edits: labels });
    expect(outcome).toMatchObject({ ok: false, diagnostics: [{ code: 'edit.too-large' }] });
    expect(bench.sent).toEqual([]);
    expect(bench.nodes).toEqual(['h1']);
    void bench.session.edit(addHost('h2'));
    expect(bench.lastEdit).toMatchObject({ edit: { name: 'h2' } });
  });

  it('that the server refuses is taken back and told', async () => {
    const bench = new SessionBench(labWith('h1'));
    const outcome = bench.session.edit(addHost('h2'));
    bench.answer(bench.lastEdit.requestId, { type: 'invalid', diagnostics: [] });
    expect(await outcome).toEqual({ ok: false, diagnostics: [] });
    expect(bench.nodes).toEqual(['h1']);
  });

  it('that comes too late says so and offers to do it again', async () => {
    const bench = new SessionBench(labWith('h1'));
    const edit = move('h1', 9, 9);
    const outcome = bench.session.edit(edit);
    bench.answer(bench.lastEdit.requestId, { type: 'stale', revision: 2, changed: [] });
    expect(await outcome).toMatchObject({ ok: false, diagnostics: [{ code: 'edit.stale', fix: { edit } }] });
  });

  it('waits until the one before is in the document', () => {
    const bench = new SessionBench(labWith('h1'));
    void bench.session.edit(addHost('h2'));
    void bench.session.edit(addHost('h3'));
    expect(bench.sent).toHaveLength(1);
    bench.acceptLast(labWith('h1'), 2);
    expect(bench.lastEdit).toMatchObject({ baseRevision: 2, edit: { name: 'h3' } });
  });
});

describe('edits of others', () => {
  it('slide in under what is on its way', () => {
    const server = labWith('h1');
    const bench = new SessionBench(server);
    void bench.session.edit(move('h1', 50, 50));
    const other = edited(server, addHost('r9'));
    bench.broadcast({
      type: 'document',
      revision: 2,
      diff: other.diff,
      author: 'you',
      summary: 'Added r9.',
      diagnostics: [],
    });
    expect(bench.nodes).toEqual(['h1', 'r9']);
    expect(bench.state.topology?.canvas.nodes.h1).toEqual({ x: 50, y: 50 });
    bench.acceptLast(other.topology, 3);
    expect(bench.state.topology?.canvas.nodes.h1).toEqual({ x: 50, y: 50 });
    expect(bench.state.events.map((event) => event.text)).toContain('Someone else: Added r9.');
  });

  it('that come while an edit waits do not change what its names meant when it was made', () => {
    const server = labWith('h1');
    const bench = new SessionBench(server);
    void bench.session.edit(addHost('h2'));
    void bench.session.edit({ type: 'set-node', node: name('h1'), label: 'mine' });
    const renamed = edited(server, { type: 'rename-node', node: name('h1'), to: name('web') });
    const diffs = [renamed, edited(renamed.topology, addHost('h1'))];
    for (const [index, { diff }] of diffs.entries())
      bench.broadcast({ type: 'document', revision: index + 2, diff, author: 'you', summary: '', diagnostics: [] });
    bench.acceptLast(diffs[1]?.topology ?? server, 4);
    expect(bench.lastEdit).toMatchObject({ baseRevision: 1, edit: { type: 'set-node', node: 'h1' } });
  });

  it('with a revision missing in between ask for everything again', () => {
    const bench = new SessionBench(labWith('h1'));
    const other = edited(labWith('h1'), addHost('r9'));
    bench.broadcast({ type: 'document', revision: 3, diff: other.diff, author: 'you', summary: '', diagnostics: [] });
    expect(bench.sent).toContainEqual({ type: 'resync' });
    expect(bench.nodes).toEqual(['h1']);
  });
});

describe('a lost connection', () => {
  it('keeps edits and sends them when it is back', async () => {
    const bench = new SessionBench(labWith('h1'));
    bench.disconnect();
    expect(await bench.session.edit(addHost('h2'))).toMatchObject({ ok: true });
    expect(bench.state.pendingEdits).toBe(1);
    bench.connect(labWith('h1'), 1);
    expect(bench.lastEdit).toMatchObject({ baseRevision: 1, edit: { name: 'h2' } });
    bench.acceptLast(labWith('h1'), 2);
    expect(bench.nodes).toEqual(['h1', 'h2']);
    expect(bench.state.pendingEdits).toBe(0);
  });

  it('does not do an edit twice that had arrived without its answer', async () => {
    const bench = new SessionBench(labWith('h1'));
    const outcome = bench.session.edit({ type: 'add-node', kind: 'host', position: { x: 0, y: 0 } });
    bench.disconnect();
    expect(await outcome).toMatchObject({ ok: true });
    const before = bench.sent.length;
    bench.connect(labWith('h1', 'h2'), 2);
    expect(bench.sent).toHaveLength(before);
    expect(bench.nodes).toEqual(['h1', 'h2']);
    expect(bench.state).toMatchObject({ pendingEdits: 0, canUndo: true });
  });

  it('sends an edit again, under the same id, that had not arrived', () => {
    const bench = new SessionBench(labWith('h1'));
    void bench.session.edit(addHost('h2'));
    const { requestId } = bench.lastEdit;
    bench.disconnect();
    bench.connect(labWith('h1', 'h7'), 5);
    expect(bench.lastEdit).toMatchObject({ requestId, baseRevision: 1 });
    expect(bench.nodes).toEqual(['h1', 'h7', 'h2']);
  });

  it('keeps what an edit was made on, unless the server begins to count anew', () => {
    const bench = new SessionBench(labWith('h1'), 7);
    bench.disconnect();
    void bench.session.edit(move('h1', 5, 5));
    bench.online = false;
    bench.session.receive(bench.snapshot(labWith('h1'), 9), true);
    bench.online = true;
    bench.session.receive(bench.snapshot(labWith('h1'), 9), true);
    expect(bench.lastEdit.baseRevision).toBe(7);
    bench.disconnect();
    bench.connect(labWith('h1'), 2);
    expect(bench.lastEdit.baseRevision).toBe(2);
  });

  it('of what arrived without its answer tells those that were made on it', () => {
    const bench = new SessionBench(labWith('h1'));
    void bench.session.edit(addHost('h2'));
    bench.disconnect();
    void bench.session.edit({ type: 'set-node', node: name('h2'), label: 'new' });
    bench.connect(labWith('h1', 'h2'), 2);
    expect(bench.lastEdit).toMatchObject({ baseRevision: 2, edit: { type: 'set-node' } });
  });

  it('tells in a notice when a kept edit is refused after all', () => {
    const bench = new SessionBench(labWith('h1'));
    bench.disconnect();
    void bench.session.edit(move('h1', 5, 5));
    bench.connect(labWith('h1'), 1);
    bench.answer(bench.lastEdit.requestId, { type: 'stale', revision: 2, changed: [] });
    expect(bench.notices).toHaveLength(1);
  });

  it('ends what was asked and cannot be answered any more', async () => {
    const bench = new SessionBench(labWith('h1'));
    const asked = bench.session.ask({ type: 'plan' });
    bench.disconnect();
    await expect(asked).rejects.toThrow('does not answer');
  });
});

describe('undo', () => {
  it('of more than a message may hold is asked for by the revision that it takes back; so is doing it again', async () => {
    const names = Array.from({ length: 4_900 }, (_, index) => `a-rather-long-name-${index}`);
    const all = { type: 'batch', edits: names.map((node) => addHost(node)) } as Edit;
    const full = edited(emptyTopology('Test'), all).topology;
    const bench = new SessionBench(full);
    const removed = bench.session.edit({ type: 'remove-nodes', nodes: names.map(name) });
    const empty = bench.acceptLast(full, 2);
    expect(await removed).toMatchObject({ ok: true });
    expect(bench.nodes).toEqual([]);

    const undone = bench.session.turn('undo');
    await Promise.resolve();
    expect(bench.lastRevert).toMatchObject({ baseRevision: 2, revision: 2 });
    const back = edited(full, { type: 'remove-nodes', nodes: names.map(name) }).diff;
    const undo: Edit = { type: 'apply-diff', diff: invertDiff(back) };
    const again = bench.accept(empty, { requestId: bench.lastRevert.requestId, edit: undo, revision: 3 });
    expect(await undone).toMatchObject({ ok: true });
    expect(bench.nodes).toHaveLength(names.length);

    const redone = bench.session.turn('redo');
    await Promise.resolve();
    expect(bench.lastRevert).toMatchObject({ baseRevision: 3, revision: 3 });
    bench.accept(again, {
      requestId: bench.lastRevert.requestId,
      edit: { type: 'apply-diff', diff: back },
      revision: 4,
    });
    expect(await redone).toMatchObject({ ok: true });
    expect(bench.nodes).toEqual([]);

    const forgotten = bench.session.turn('undo');
    await Promise.resolve();
    bench.answer(bench.lastRevert.requestId, { type: 'failed', code: 'lab.forgotten', detail: 'Too long ago.' });
    const outcome = await forgotten;
    const why = outcome.ok ? undefined : outcome.diagnostics[0];
    expect(why?.summary).toContain('the server does not know it any more');
    expect(bench.nodes).toEqual([]);
  });

  it('takes back and does again', async () => {
    const bench = new SessionBench(labWith('h1'));
    void bench.session.edit(addHost('h2'));
    let server = bench.acceptLast(labWith('h1'), 2);
    expect(bench.state.undoLabel).toMatch(/h2/);

    const undone = bench.session.turn('undo');
    await Promise.resolve();
    server = bench.acceptLast(server, 3);
    expect(await undone).toMatchObject({ ok: true });
    expect(bench.nodes).toEqual(['h1']);
    expect(bench.state).toMatchObject({ canUndo: false, canRedo: true });

    const redone = bench.session.turn('redo');
    await Promise.resolve();
    bench.acceptLast(server, 4);
    expect(await redone).toMatchObject({ ok: true });
    expect(bench.nodes).toEqual(['h1', 'h2']);
    expect(bench.state).toMatchObject({ canUndo: true, canRedo: false });
  });

  it('of what has changed since explains itself and does not stand in the way of the one before', async () => {
    const bench = new SessionBench(labWith('h1', 'h2'));
    void bench.session.edit({ type: 'set-node', node: name('h1'), label: 'one' });
    let server = bench.acceptLast(labWith('h1', 'h2'), 2);
    void bench.session.edit({ type: 'set-node', node: name('h2'), label: 'two' });
    server = bench.acceptLast(server, 3);
    const other = edited(server, { type: 'remove-nodes', nodes: [name('h2')] });
    bench.broadcast({ type: 'document', revision: 4, diff: other.diff, author: 'you', summary: '', diagnostics: [] });
    expect(await bench.session.turn('undo')).toMatchObject({ ok: false, diagnostics: [{ code: 'undo.changed' }] });
    expect(bench.state.canUndo).toBe(true);
    void bench.session.turn('undo');
    await Promise.resolve();
    bench.acceptLast(other.topology, 5);
    expect(bench.state.topology?.nodes.h1?.label).toBeUndefined();
  });

  it('takes back what this person adopted, out of the document only, and not what others or nobody adopted', async () => {
    const bench = new SessionBench(labWith('h1'));
    const typed = edited(labWith('h1'), addHost('ns1'));
    const adopted = { type: 'document', diagnostics: [], adopted: true } as const;
    bench.broadcast({ ...adopted, revision: 2, diff: typed.diff, author: 'me', summary: 'Adopted ns1.' });
    const other = edited(typed.topology, addHost('ns2'));
    bench.broadcast({ ...adopted, revision: 3, diff: other.diff, author: 'you', summary: 'Adopted ns2.' });
    const third = edited(other.topology, addHost('ns3'));
    bench.broadcast({ ...adopted, revision: 4, diff: third.diff, author: null, summary: 'Adopted ns3.' });
    expect(bench.state.undoLabel).toBe('Adopted ns1');
    expect(bench.state.events.map((event) => event.text)).toContain('Adopted ns3.');
    void bench.session.turn('undo');
    await Promise.resolve();
    expect(bench.sent.at(-1)).toMatchObject({ type: 'edit', takeOver: true });
    const server = bench.acceptLast(third.topology, 5);
    expect(bench.nodes).toEqual(['h1', 'ns2', 'ns3']);
    void bench.session.turn('redo');
    await Promise.resolve();
    expect(bench.sent.at(-1)).toMatchObject({ type: 'edit', takeOver: true });
    bench.acceptLast(server, 6);
    expect(bench.nodes).toEqual(['h1', 'ns1', 'ns2', 'ns3']);
    expect(bench.state.canUndo).toBe(true);
  });

  it('of an adoption does not mistake it for the edit that is on its way', () => {
    const server = labWith('h1');
    const bench = new SessionBench(server);
    void bench.session.edit(addHost('h2'));
    const typed = edited(server, addHost('ns1'));
    bench.broadcast({
      type: 'document',
      revision: 2,
      diff: typed.diff,
      author: 'me',
      summary: 'Adopted ns1.',
      diagnostics: [],
      adopted: true,
    });
    expect(bench.nodes).toEqual(['h1', 'ns1', 'h2']);
    bench.acceptLast(typed.topology, 3);
    expect(bench.nodes).toEqual(['h1', 'ns1', 'h2']);
    expect(bench.state.pendingEdits).toBe(0);
  });

  it('without connection takes back an edit that was not sent', async () => {
    const bench = new SessionBench(labWith('h1'));
    bench.disconnect();
    await bench.session.edit(addHost('h2'));
    expect(await bench.session.turn('undo')).toMatchObject({ ok: true });
    expect(bench.nodes).toEqual(['h1']);
    expect(bench.state).toMatchObject({ pendingEdits: 0, canUndo: false, canRedo: true });
  });
});
