import { emptyObserved, type Observed } from '@vethlab/observed';
import { diffTopologies, type Topology, touchedBy } from '@vethlab/topology';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanInput } from './plan-input.js';
import { planLab } from './plan-lab.js';
import { commandsOf, NO_SAFE_COMMAND } from './shell/commands.js';
import { carryOut } from './testing/carry-out.js';
import { edited, labOf, randomEdit } from './testing/random-lab.js';

const options = fc.record({ promoteSecondaries: fc.boolean(), newNamespacesForward: fc.constant(false) });
const labEdits = fc.array(randomEdit, { maxLength: 25 });
const fewEdits = fc.array(randomEdit, { minLength: 1, maxLength: 6 });

function inputOf(topology: Topology, previous: Topology | null, observed: Observed): PlanInput {
  return { topology, previous, observed, unmanaged: 'keep' };
}

function applied(topology: Topology): Observed {
  return carryOut(planLab(inputOf(topology, null, emptyObserved)), emptyObserved).observed;
}

/** Generous: a busy machine is slow, and a property that fails says so by itself. In milliseconds. */
const TIMEOUT_MS = 60_000;

describe('a plan of any random lab', { timeout: TIMEOUT_MS }, () => {
  it('does from nothing what the document says: no step fails, none is useless, the second plan is empty', () => {
    fc.assert(
      fc.property(labEdits, options, (edits, kernel) => {
        const topology = labOf(edits);
        const plan = planLab(inputOf(topology, null, emptyObserved));
        const { observed, failures, useless } = carryOut(plan, emptyObserved, kernel);
        expect(failures).toEqual([]);
        expect(useless).toEqual([]);
        expect(planLab({ ...inputOf(topology, topology, observed), unmanaged: 'remove' }).steps).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('follows any edits: no step fails, none is useless, the second plan is empty', () => {
    fc.assert(
      fc.property(labEdits, fewEdits, options, (edits, more, kernel) => {
        const before = labOf(edits);
        const { topology, renames } = edited(before, more);
        const observed = applied(before);
        const plan = planLab({ ...inputOf(topology, before, observed), renames });
        const result = carryOut(plan, observed, kernel);
        expect(result.failures).toEqual([]);
        if (!kernel.promoteSecondaries) expect(result.useless).toEqual([]);
        expect(planLab({ ...inputOf(topology, topology, result.observed), unmanaged: 'remove' }).steps).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('gives what an apply from nothing gives, whatever edits led there', () => {
    fc.assert(
      fc.property(labEdits, fewEdits, (edits, more) => {
        const before = labOf(edits);
        const { topology, renames } = edited(before, more);
        const observed = applied(before);
        const followed = carryOut(planLab({ ...inputOf(topology, before, observed), renames }), observed).observed;
        expect(comparable(followed, topology)).toEqual(comparable(applied(topology), topology));
      }),
      { numRuns: 150 },
    );
  });

  it('is the same with the scope of the edit as without', () => {
    fc.assert(
      fc.property(labEdits, fewEdits, (edits, more) => {
        const before = labOf(edits);
        const { topology, renames } = edited(before, more);
        const input = { ...inputOf(topology, before, applied(before)), renames };
        expect(
          planLab({ ...input, scope: touchedBy(diffTopologies(before, topology, renames), before, topology) }),
        ).toEqual(planLab(input));
      }),
      { numRuns: 400 },
    );
  });

  it('repairs any drift, and leaves nothing unexpected', () => {
    fc.assert(
      fc.property(labEdits, fewEdits, options, (edits, drift, kernel) => {
        const topology = labOf(edits);
        // Somebody made the kernel look like another lab.
        const observed = applied(edited(topology, drift).topology);
        const plan = planLab({ ...inputOf(topology, topology, observed), unmanaged: 'remove' });
        const result = carryOut(plan, observed, kernel);
        expect(result.failures).toEqual([]);
        expect(comparable(result.observed, topology)).toEqual(comparable(applied(topology), topology));
      }),
      { numRuns: 200 },
    );
  });

  it('can be stopped after any step, and the next plan finishes the work', () => {
    fc.assert(
      fc.property(labEdits, fewEdits, fc.nat(60), (edits, more, stop) => {
        const before = labOf(edits);
        const { topology, renames } = edited(before, more);
        const observed = applied(before);
        const plan = planLab({ ...inputOf(topology, before, observed), renames });
        const half = carryOut({ steps: plan.steps.slice(0, stop % (plan.steps.length + 1)) }, observed).observed;
        // Whoever stops a plan knows it: what differs is not somebody's hand.
        const again = { ...inputOf(topology, before, half), renames, unfinished: 'all' } as const;
        const rest = carryOut(planLab(again), half);
        expect(rest.failures).toEqual([]);
        expect(comparable(rest.observed, topology)).toEqual(comparable(applied(topology), topology));
      }),
      { numRuns: 200 },
    );
  });

  it('depends only on earlier steps, repeats no id, is the same every time, and every step has a command', () => {
    fc.assert(
      fc.property(labEdits, fewEdits, (edits, more) => {
        const before = labOf(edits);
        const { topology, renames } = edited(before, more);
        const input = { ...inputOf(topology, before, applied(before)), renames };
        const plan = planLab(input);
        const seen = new Set<string>();
        for (const step of plan.steps) {
          for (const id of step.dependsOn) expect(seen).toContain(id);
          expect(seen).not.toContain(step.id);
          seen.add(step.id);
          expect(commandsOf(step.operation)).not.toContain(NO_SAFE_COMMAND);
        }
        expect(planLab(input)).toEqual(plan);
      }),
      { numRuns: 200 },
    );
  });

  it('needs every dependency it names, and no other order: a failed step skips only what cannot work without it', () => {
    fc.assert(
      fc.property(labEdits, fc.nat(200), (edits, number) => {
        const topology = labOf(edits);
        const plan = planLab(inputOf(topology, null, emptyObserved));
        const failing = plan.steps[number % plan.steps.length];
        // Without the failing step, what is left either is skipped or works.
        const left = { steps: plan.steps.filter((step) => step !== failing) };
        expect(carryOut(left, emptyObserved).failures).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

/** What two kernels must agree in: everything but numbers that are given in order of making, and MACs (a random one does). */
/**
 * Everything but identities. What MTU a GRE tunnel has that the document says none for, the kernel chooses when it makes it: one that was taken
 * away again stays until the tunnel is made anew.
 */
function comparable(observed: Observed, topology: Topology): unknown {
  return Object.fromEntries(
    Object.entries(observed.namespaces).map(([name, { forwarding, interfaces, routes }]) => [
      name,
      {
        forwarding,
        interfaces: Object.fromEntries(
          Object.entries(interfaces).map(([ifname, { ifindex: _, mac: __, addresses, ...rest }]) => [
            ifname,
            {
              ...rest,
              mtu: rest.type === 'gre' && topology.nodes[name]?.interfaces[ifname]?.mtu === undefined ? null : rest.mtu,
              addresses: addresses.map(({ address }) => address).sort(),
            },
          ]),
        ),
        routes: routes.map((route) => JSON.stringify(route)).sort(),
      },
    ]),
  );
}
