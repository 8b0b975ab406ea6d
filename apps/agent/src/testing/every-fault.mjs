// Runs inside a sandbox, on the built agent: applies a lab again and again, each time with an error forced at another step, and
// prints what came of it as JSON. Plain JavaScript, because it runs without a test runner around it; its types are checked all the same
// (tsconfig.programs.json).
import { readFileSync } from 'node:fs';
import { Poller } from '@vethlab/netlink';
import { parseLabFile } from '@vethlab/topology';
import { Ifindexes } from '../../dist/kernel/ifindexes.js';
import { LabNamespaces } from '../../dist/kernel/namespaces.js';
import { LabLoop } from '../../dist/lab/lab-loop.js';
import { Observer } from '../../dist/observe/observer.js';
import { KernelWatch } from '../../dist/observe/watch.js';
import { WaysOut } from '../../dist/outside/ways-out.js';
import { prepareSandbox } from '../../dist/sandbox/prepare.js';

prepareSandbox();
const { topology } = parseLabFile(readFileSync(process.argv[2] ?? '', 'utf8'));
if (topology === null) throw new Error('No lab file.');
const namespaces = new LabNamespaces();
const poller = new Poller();
let tried = 0;
let failAt = 0;
const loop = new LabLoop({
  namespaces,
  ifindexes: new Ifindexes(),
  observer: new Observer(namespaces, { wayOut: () => undefined, published: () => undefined }, () => undefined),
  // None of these labs goes out.
  waysOut: new WaysOut(
    () => undefined,
    () => undefined,
  ),
  watch: new KernelWatch({
    namespaces,
    poller,
    onSigns: () => undefined,
    hasBeyond: () => false,
    isInDocument: () => true,
    complain: () => undefined,
  }),
  beforeRemoval: () => undefined,
  onProgress: () => undefined,
  fault: () => {
    tried += 1;
    return tried === failAt ? Object.assign(new Error('Forced.'), { code: 'EIO' }) : null;
  },
});

const results = [];
const clean = await loop.open(topology, 1);
const total = clean.steps;
await loop.teardown();
for (let k = 1; k <= total; k += 1) {
  tried = 0;
  failAt = k;
  const broken = await loop.open(topology, 1);
  failAt = 0;
  const mended = await loop.repair(null);
  const second = await loop.plan(null);
  results.push({
    k,
    failures: broken.failures.map(({ step, errno, message, commands }) => ({ id: step.id, errno, message, commands })),
    differences: broken.differences.length,
    mended: { failures: mended.failures.length, differences: mended.differences },
    second: second.map(({ id }) => id),
  });
  await loop.teardown();
}
process.stdout.write(JSON.stringify({ total, results, left: namespaces.names() }));
process.exit(0);
