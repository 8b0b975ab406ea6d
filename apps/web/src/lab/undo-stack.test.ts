import { applyDiff, invertDiff, type TopologyDiff } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { addHost, edited, labWith, move } from './testing/documents';
import { emptyUndoStack, pop, pushDone, pushSettled, pushUndone } from './undo-stack';

const entry = (diff: TopologyDiff, atMs: number) => ({ diff, revision: 2, summary: 'Moved h1', atMs });

describe('the undo stack', () => {
  const start = labWith('h1', 'h2');
  const one = edited(start, move('h1', 10, 0));
  const two = edited(one.topology, move('h1', 20, 0));

  it('makes one step of one movement', () => {
    const stack = pushDone(pushDone(emptyUndoStack, entry(one.diff, 0)), entry(two.diff, 100));
    expect(stack.undo).toHaveLength(1);
    expect(stack.undo[0]?.diff.changes).toMatchObject([{ before: { x: 0, y: 0 }, after: { x: 20, y: 0 } }]);
  });

  it('keeps movements apart that come later, or of other nodes', () => {
    expect(pushDone(pushDone(emptyUndoStack, entry(one.diff, 0)), entry(two.diff, 5_000)).undo).toHaveLength(2);
    const other = edited(one.topology, move('h2', 20, 0));
    expect(pushDone(pushDone(emptyUndoStack, entry(one.diff, 0)), entry(other.diff, 100)).undo).toHaveLength(2);
  });

  it('takes an edit back together with what finished it', () => {
    const added = edited(start, addHost('h3'));
    const settled = edited(added.topology, move('h3', 224, 0));
    const stack = pushSettled(pushDone(emptyUndoStack, { ...entry(added.diff, 0), summary: 'Added h3' }), settled.diff);
    expect(stack.undo.map(({ summary }) => summary)).toEqual(['Added h3']);
    const back = applyDiff(settled.topology, invertDiff(stack.undo[0]!.diff));
    expect(back.ok && Object.keys(back.topology.nodes)).toEqual(['h1', 'h2']);
    expect(pushSettled(emptyUndoStack, settled.diff)).toBe(emptyUndoStack);
  });

  it('knows a step by its revision only when that revision is all of it', () => {
    const stack = pushDone(emptyUndoStack, entry(one.diff, 0));
    expect(stack.undo[0]?.revision).toBe(2);
    expect(pushDone(stack, entry(two.diff, 100)).undo[0]?.revision).toBeNull();
    expect(pushSettled(stack, two.diff).undo[0]?.revision).toBeNull();
  });

  it('forgets what was undone as soon as something new is done', () => {
    const done = pushDone(emptyUndoStack, entry(one.diff, 0));
    const popped = pop(done, 'undo');
    const undone = pushUndone(popped!.rest, popped!.entry, { diff: one.diff, revision: 3 });
    expect(undone.redo).toHaveLength(1);
    expect(pushDone(undone, entry(edited(start, addHost('h3')).diff, 0)).redo).toEqual([]);
  });
});
