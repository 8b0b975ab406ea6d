import { namespaceOf } from '@vethlab/observed';
import { adoptionOf } from '@vethlab/planner';
import {
  advancedTutorial,
  afterAdvancedTutorial,
  vrfsAndImpairments,
} from '@vethlab/planner/testing/advanced-tutorial';
import { emptyTopology } from '@vethlab/topology';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectNothingLeft, expectSameWhenTyped } from './testing/example-labs.js';
import { SandboxedLab } from './testing/sandboxed-lab.js';

/** Everything takes several times as long in the second kernel. */
const soonMs = 10_000;
/** For pings over a line that loses some. */
const patienceMs = 60_000;

describe('the last parts of a tutorial, typed line by line', () => {
  let lab: SandboxedLab;
  beforeEach(async () => {
    lab = await SandboxedLab.open();
  });
  afterEach(async () => {
    await lab.close();
  });

  it('become VRFs and impairments of a document that builds the same', async () => {
    for (const line of advancedTutorial.flat()) {
      const { status, stderr } = lab.run('sh', '-c', line);
      expect(`${line}: ${stderr} ${status}`).toBe(`${line}:  0`);
    }
    await lab.until(
      () => namespaceOf(lab.observed, 'edge')?.interfaces.veth0?.shaping != null,
      'the last line is seen',
      soonMs,
    );
    await lab.until(
      () => adoptionOf({ topology: emptyTopology('typed'), observed: lab.observed, items: 'all' }).leftOut.length === 0,
      'everything has its place in a document',
      soonMs,
    );
    const { topology, diff } = adoptionOf({ topology: emptyTopology('typed'), observed: lab.observed, items: 'all' });
    expect(vrfsAndImpairments(topology.nodes)).toEqual(afterAdvancedTutorial);

    lab.topology = topology;
    lab.agent.send({ type: 'take-over', diff, revision: 2 });
    await lab.until(() => lab.report.revision === 2, 'the document is taken over', soonMs);
    expect(lab.report).toMatchObject({ steps: 0, operations: 0 });
    await expectNothingLeft(lab);
    await expectSameWhenTyped(lab, topology);

    // The same addresses, and nobody hears of the other.
    const pings = (node: string, address: string) =>
      lab.run('nsenter', `--net=/run/netns/${node}`, 'ping', '-c4', '-i0.2', '-W3', address).status === 0;
    // The tutorial's line loses packets, and the first of them ask who has the address.
    for (const node of ['red', 'blue'])
      await expect.poll(() => pings(node, '10.0.0.1'), { timeout: patienceMs, message: node }).toBe(true);
  });
});
