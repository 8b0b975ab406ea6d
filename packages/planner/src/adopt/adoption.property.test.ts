import { emptyObserved, type Observed } from '@vethlab/observed';
import { emptyTopology, errorsOf, type Topology } from '@vethlab/topology';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { driftOf } from '../drift.js';
import type { Step } from '../plan.js';
import { planLab } from '../plan-lab.js';
import { carryOut } from '../testing/carry-out.js';
import { edited, labOf, type RandomEdit, randomEdit } from '../testing/random-lab.js';
import { randomTyping, typed } from '../testing/random-typing.js';
import { adopt, adoptionOf } from './adoption-of.js';
import { choiceOf } from './choice.js';
import { fit } from './fit.js';
import { ghostsOf } from './ghosts-of.js';
import { whyNotAdopted } from './why-not.js';

const labEdits = fc.array(randomEdit, { maxLength: 25 });
const fewEdits = fc.array(randomEdit, { minLength: 1, maxLength: 6 });
const typing = fc.array(randomTyping, { maxLength: 12 });

/** Generous: a busy machine is slow, and a property that fails says so by itself. In milliseconds. */
const TIMEOUT_MS = 60_000;

/** Random labs also hold what a lab file would be refused for; here only documents count that can be. */
function valid(topology: Topology): Topology {
  const fitted = fit(topology, emptyTopology('random')).topology;
  if (fitted === null) throw new Error('The random lab cannot be made valid.');
  return fitted;
}

function validLab(edits: readonly RandomEdit[]): Topology {
  return valid(labOf(edits));
}

function applied(topology: Topology): Observed {
  return carryOut(planLab({ topology, previous: null, observed: emptyObserved, unmanaged: 'keep' }), emptyObserved)
    .observed;
}

function stepsFor(before: Topology, after: Topology, observed: Observed): string[] {
  const plan = planLab({ topology: after, previous: before, observed, unmanaged: 'keep' });
  return linesOf(plan.steps);
}

function repairsOf(topology: Topology, observed: Observed): Step[] {
  return driftOf({ topology, observed }).map(({ repair }) => repair);
}

/**
 * Loops of switches are slowed; a switch has only ports; and once nothing is left on it that says a VLAN, it no longer keeps them apart,
 * which was ours to switch on.
 */
const besides =
  /^rate of |^impairment of .* should have .*rate 5mbit| is not a port of br0$| keeps VLANs apart and should not$/;

function linesOf(steps: readonly Step[]): string[] {
  return steps.map(({ object, reason }) => `${object}: ${reason}`).filter((line) => !besides.test(line));
}

describe('adoption of any random kernel', { timeout: TIMEOUT_MS }, () => {
  it('from an empty document: nothing is left out, and no drift is left', () => {
    fc.assert(
      fc.property(labEdits, (edits) => {
        const observed = applied(validLab(edits));
        const { topology, leftOut } = adoptionOf({ topology: emptyTopology('typed'), observed, items: 'all' });
        expect(leftOut).toEqual([]);
        expect(errorsOf(topology)).toEqual([]);
        expect(linesOf(repairsOf(topology, observed))).toEqual([]);
        expect(ghostsOf(topology, observed)).toEqual({ namespaces: [], pairs: [], interfaces: [] });
      }),
      { numRuns: 200 },
    );
  });

  it('builds the same again from the adopted document', () => {
    fc.assert(
      fc.property(labEdits, (edits) => {
        const observed = applied(validLab(edits));
        const { topology } = adoptionOf({ topology: emptyTopology('typed'), observed, items: 'all' });
        expect(comparable(applied(topology))).toEqual(comparable(observed));
      }),
      { numRuns: 200 },
    );
  });

  it('from a document of something else: the next plan is empty, and so is drift', () => {
    fc.assert(
      fc.property(labEdits, fewEdits, (edits, more) => {
        const before = validLab(edits);
        const observed = applied(valid(edited(before, more).topology));
        const { topology, diff } = adoptionOf({ topology: before, observed, items: 'all' });
        expect(errorsOf(topology)).toEqual([]);
        expect(stepsFor(before, topology, observed)).toEqual([]);
        expect(linesOf(repairsOf(topology, observed))).toEqual([]);
        const again = adoptionOf({ topology, observed, items: 'all' });
        expect(again.diff.changes).toEqual([]);
        if (diff.changes.length === 0) expect(topology).toEqual(before);
      }),
      { numRuns: 400 },
    );
  });

  it('whatever was typed: the next plan does nothing, and removes nothing that was left out', () => {
    fc.assert(
      fc.property(labEdits, typing, (edits, lines) => {
        const before = validLab(edits);
        const observed = typed(applied(before), lines);
        const { topology } = adoptionOf({ topology: before, observed, items: 'all' });
        expect(errorsOf(topology)).toEqual([]);
        expect(stepsFor(before, topology, observed)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('what is a ghost, and could be part of the lab, is one no more once all is adopted; the others are', () => {
    fc.assert(
      fc.property(labEdits, typing, (edits, lines) => {
        const before = validLab(edits);
        const observed = typed(applied(before), lines);
        const idsOf = (topology: Topology, wanted: (whyNot: string | null) => boolean) =>
          Object.values(ghostsOf(topology, observed))
            .flat()
            .flatMap(({ id, whyNot }) => (wanted(whyNot) ? [id] : []))
            .sort();
        const { draft } = adopt({ topology: before, observed, items: 'all' });
        expect(idsOf(draft, () => true)).toEqual(idsOf(before, (whyNot) => whyNot !== null));
      }),
      { numRuns: 400 },
    );
  });

  it('piece by piece: each adopted drift is drift no more, and nothing else changes', () => {
    fc.assert(
      fc.property(labEdits, fewEdits, fc.nat(100), (edits, more, number) => {
        const before = validLab(edits);
        const observed = applied(valid(edited(before, more).topology));
        const drift = driftOf({ topology: before, observed });
        const item = drift[number % Math.max(1, drift.length)];
        if (item === undefined) return;
        const items = choiceOf([item.repair.operation], []);
        const { topology } = adoptionOf({ topology: before, observed, items });
        expect(errorsOf(topology)).toEqual([]);
        const untouched = Object.keys(before.nodes).filter((name) => before.nodes[name] === topology.nodes[name]);
        expect(untouched.length).toBeGreaterThanOrEqual(Object.keys(before.nodes).length - 8);
      }),
      { numRuns: 200 },
    );
  });

  it('what is said to be no part of a document changes nothing when it is adopted by itself', () => {
    fc.assert(
      fc.property(labEdits, typing, (edits, lines) => {
        const before = validLab(edits);
        const observed = typed(applied(before), lines);
        const repairs = repairsOf(before, observed);
        for (const { operation } of repairs) {
          if (whyNotAdopted(before, observed, operation) === null) continue;
          const { diff } = adoptionOf({ topology: before, observed, items: choiceOf([operation], []) });
          expect(diff.changes).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });
});

function comparable(observed: Observed): unknown {
  return Object.fromEntries(
    Object.entries(observed.namespaces).map(([name, { forwarding, interfaces, routes }]) => [
      name,
      {
        forwarding,
        interfaces: Object.fromEntries(
          Object.entries(interfaces).map(
            ([ifname, { ifindex: _, mac: __, macByHand: ___, qdisc: ____, shaping, addresses, ...rest }]) => [
              ifname,
              // Which link closes a loop of switches, and is slowed for it, depends on their order.
              {
                ...rest,
                shaping: rest.master === null ? shaping : undefined,
                addresses: addresses.map(({ address }) => address).sort(),
              },
            ],
          ),
        ),
        routes: routes.map((route) => JSON.stringify(route)).sort(),
      },
    ]),
  );
}
