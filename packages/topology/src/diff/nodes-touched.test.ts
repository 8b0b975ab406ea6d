import { expect, it } from 'vitest';
import { parseLabFile } from '../lab-file/parse-lab-file.js';
import { diffTopologies } from './diff-topologies.js';
import { touchedBy } from './nodes-touched.js';

function lab(loopback: string) {
  const { topology } = parseLabFile(`vethlab: 1\nname: x\nnodes: { h1: { kind: host${loopback} } }\nlinks: []\n`);
  if (topology === null) throw new Error('The lab is valid.');
  return topology;
}

it('a node that says something else of its loopback touches the loopback', () => {
  const [up, down] = [lab(''), lab(', loopback: down')];
  expect(touchedBy(diffTopologies(up, down), up, down)).toEqual(new Map([['h1', new Set(['lo'])]]));
});
