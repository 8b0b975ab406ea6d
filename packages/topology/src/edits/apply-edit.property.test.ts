import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { applyDiff } from '../diff/apply-diff.js';
import { composeDiffs } from '../diff/compose-diffs.js';
import { diffTopologies } from '../diff/diff-topologies.js';
import { invertDiff, isEmptyDiff } from '../diff/invert-diff.js';
import type { TopologyDiff } from '../diff/topology-diff.js';
import { nodeOrderOf } from '../model/replaced-nodes.js';
import type { Topology } from '../model/topology.js';
import { endpointCountOf, linkAtEndpoint, linkKey, linkOf } from '../model/topology-access.js';
import { topologyDiffSchema } from '../schemas/diff-schema.js';
import { topologySchema } from '../schemas/topology-schema.js';
import { batchFor, choice, choices, document, editFor, frozen, inOrder } from '../testing/random-edits.js';
import { runs } from '../testing/runs.js';
import { switchLoopsOf } from '../validation/switch-loops.js';
import { errorsOf, validate } from '../validation/validate.js';
import { applyEdit } from './apply-edit.js';

// Hundreds of random documents: seconds on a busy machine. Not a test of speed.
vi.setConfig({ testTimeout: 120_000 });

function applied(topology: Topology, diff: TopologyDiff): Topology {
  const result = applyDiff(topology, diff);
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.topology;
}

describe('any edit of any document', () => {
  it('gives a valid document or a reason, and leaves the old document alone', () => {
    fc.assert(
      fc.property(document(), choice, (start, next) => {
        const before = structuredClone(start);
        const result = applyEdit(frozen(start), editFor(start, next));
        expect(inOrder(start)).toEqual(inOrder(before));
        if (!result.ok) {
          expect(result.diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
          return;
        }
        expect(errorsOf(structuredClone(result.topology))).toEqual([]);
        // What was taken over from the document before is what a look at everything finds.
        expect(validate(result.topology)).toEqual(validate(structuredClone(result.topology)));
        expect(inOrder(topologySchema.parse(structuredClone(result.topology)))).toEqual(inOrder(result.topology));
        expect(result.summary).toMatch(/^[A-Z].*\.$/u);
      }),
      { numRuns: runs(300) },
    );
  });

  it('is told, after a row of others, as a look at everything would tell it', () => {
    fc.assert(
      fc.property(document(), choices(12), (start, script) => {
        let current = start;
        for (const next of script) {
          const result = applyEdit(current, editFor(current, next));
          if (!result.ok) continue;
          current = result.topology;
          expect(validate(current)).toEqual(validate(structuredClone(current)));
        }
      }),
      { numRuns: runs(300) },
    );
  });

  it('has the diff that comparing everything finds, and leaves the look-ups of the new document right', () => {
    fc.assert(
      fc.property(document(), choices(8), (start, row) => {
        let topology = start;
        for (const next of row) {
          const result = applyEdit(topology, editFor(topology, next));
          if (!result.ok) continue;
          const [before, after] = [structuredClone(topology), structuredClone(result.topology)];
          const { renames } = result.diff;
          expect(diffTopologies(topology, result.topology, renames)).toEqual(diffTopologies(before, after, renames));
          ({ topology } = result);
          const names = Object.keys(after.nodes);
          expect(names.map((name) => nodeOrderOf(topology).get(name))).toEqual(names.map((_, index) => index));
          expect(nodeOrderOf(topology).size).toBe(names.length);
          expect(topology.links.map((link) => linkOf(topology, linkKey(link)))).toEqual(topology.links);
          for (const link of topology.links) {
            for (const end of link.endpoints) expect(linkAtEndpoint(topology, end)).toBe(link);
          }
          expect(endpointCountOf(topology)).toBe(2 * topology.links.length);
          expect(switchLoopsOf(topology)).toEqual(switchLoopsOf(after));
        }
      }),
      { numRuns: runs(150) },
    );
  });

  it('has a diff that does the same, survives JSON, and is undone exactly by its inverse, order included', () => {
    fc.assert(
      fc.property(document(), choices(6), (start, script) => {
        const result = applyEdit(start, batchFor(start, script));
        if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
        const diff = topologyDiffSchema.parse(JSON.parse(JSON.stringify(result.diff)));
        expect(inOrder(applied(start, diff))).toEqual(inOrder(result.topology));
        const inverse = topologyDiffSchema.parse(JSON.parse(JSON.stringify(invertDiff(diff))));
        expect(inOrder(applied(result.topology, inverse))).toEqual(inOrder(start));
        expect(inOrder(applied(start, invertDiff(inverse)))).toEqual(inOrder(result.topology));
      }),
      { numRuns: runs(250) },
    );
  });

  it('is undone by an edit, and done again', () => {
    fc.assert(
      fc.property(document(), choice, (start, next) => {
        const done = applyEdit(start, editFor(start, next));
        if (!done.ok) return;
        expect(inOrder(applied(start, done.diff))).toEqual(inOrder(done.topology));
        const undone = applyEdit(done.topology, { type: 'apply-diff', diff: invertDiff(done.diff) });
        if (!undone.ok) throw new Error(JSON.stringify(undone.diagnostics));
        expect(inOrder(undone.topology)).toEqual(inOrder(start));
        const redone = applyEdit(undone.topology, { type: 'apply-diff', diff: invertDiff(undone.diff) });
        if (!redone.ok) throw new Error(JSON.stringify(redone.diagnostics));
        expect(inOrder(redone.topology)).toEqual(inOrder(done.topology));
      }),
      { numRuns: runs(200) },
    );
  });
});

describe('a sequence of edits', () => {
  it('is one diff when composed, forwards and backwards, order included', () => {
    fc.assert(
      fc.property(document(), fc.array(choices(3), { maxLength: 5 }), (start, scripts) => {
        let current = start;
        const diffs: TopologyDiff[] = [];
        for (const script of scripts) {
          const result = applyEdit(current, batchFor(current, script));
          if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
          diffs.push(result.diff);
          current = result.topology;
        }
        const whole = composeDiffs(diffs);
        expect(inOrder(applied(start, whole))).toEqual(inOrder(current));
        expect(inOrder(applied(current, invertDiff(whole)))).toEqual(inOrder(start));
      }),
      { numRuns: runs(300) },
    );
  });

  it('and its undoing compose to nothing', () => {
    fc.assert(
      fc.property(document(), choices(6), (start, script) => {
        const result = applyEdit(start, batchFor(start, script));
        if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
        const nothing = composeDiffs([result.diff, invertDiff(result.diff)]);
        expect(inOrder(applied(start, nothing))).toEqual(inOrder(start));
        expect(isEmptyDiff(diffTopologies(start, applied(start, nothing)))).toBe(true);
      }),
      { numRuns: runs(200) },
    );
  });
});

describe('edits of two people', () => {
  /** What a document holds, whoever added it first. */
  const contents = ({ nodes, links, probes, canvas, name }: Topology) => ({
    name,
    nodes,
    canvas,
    links: new Map(links.map((link) => [link.endpoints.join(), link])),
    probes: new Map(probes.map((probe) => [`${probe.from}>${probe.to}`, probe])),
  });

  it('give the same document in either order, or one of them is refused', () => {
    let both = 0;
    fc.assert(
      fc.property(document(), choices(3), choices(3), (start, first, second) => {
        const one = applyEdit(start, batchFor(start, first));
        const two = applyEdit(start, batchFor(start, second));
        if (!one.ok || !two.ok) throw new Error('a batch of allowed edits was refused');
        // Records are known by their names: who gives one record another's name changes what the name means.
        if (reusesNames(start, one) || reusesNames(start, two)) return;
        const oneTwo = applyEdit(one.topology, { type: 'apply-diff', diff: two.diff });
        const twoOne = applyEdit(two.topology, { type: 'apply-diff', diff: one.diff });
        if (!oneTwo.ok || !twoOne.ok) return;
        both += 1;
        expect(contents(oneTwo.topology)).toEqual(contents(twoOne.topology));
      }),
      { numRuns: runs(300) },
    );
    expect(both).toBeGreaterThan(20);
  });
});

/** A rename to a name that was there, or a name that was left and is there again. */
function reusesNames(start: Topology, { diff, topology }: { diff: TopologyDiff; topology: Topology }): boolean {
  const hasInterface = ({ nodes }: Topology, name: string) =>
    Object.values(nodes).some(({ interfaces }) => Object.hasOwn(interfaces, name));
  return diff.renames.some((rename) => {
    if (rename.object === 'node')
      return Object.hasOwn(start.nodes, rename.to) || Object.hasOwn(topology.nodes, rename.from);
    return hasInterface(start, rename.to) || hasInterface(topology, rename.from);
  });
}

describe('two documents', () => {
  it('have a diff, whatever they have in common', () => {
    fc.assert(
      fc.property(document(20), document(20), (before, after) => {
        const diff = diffTopologies(before, after);
        expect(inOrder(applied(before, diff))).toEqual(inOrder(after));
        expect(inOrder(applied(after, invertDiff(diff)))).toEqual(inOrder(before));
      }),
      { numRuns: runs(200) },
    );
  });
});
