import { expect, it } from 'vitest';
import { parseLabFile } from '../lab-file/parse-lab-file.js';
import type { Topology } from '../model/topology.js';
import { diffTopologies } from './diff-topologies.js';
import { touchedBy } from './nodes-touched.js';

function lab(node: string) {
  const { topology } = parseLabFile(`vethlab: 1\nname: x\nnodes: { n1: { ${node} } }\nlinks: []\n`);
  if (topology === null) throw new Error('The lab is valid.');
  return topology;
}

function touched(before: Topology, after: Topology) {
  return touchedBy(diffTopologies(before, after), before, after);
}

it('a node that says something else of its loopback touches the loopback', () => {
  expect(touched(lab('kind: host'), lab('kind: host, loopback: down'))).toEqual(new Map([['n1', new Set(['lo'])]]));
});

it('a switch that says something else of spanning tree touches its bridge', () => {
  expect(touched(lab('kind: switch'), lab('kind: switch, stp: true'))).toEqual(new Map([['n1', new Set(['br0'])]]));
});

it('a VRF that comes, goes or changes is touched with its interfaces of now and before, and no other', () => {
  const router = (vrfs: string) => lab(`kind: router, interfaces: { eth0: {}, eth1: {}, eth2: {} }, vrfs: { ${vrfs} }`);
  const blue = 'blue: { table: 200, interfaces: [eth2] }';
  const [without, one, other] = [
    router(blue),
    router(`${blue}, red: { table: 100, interfaces: [eth0] }`),
    router(`${blue}, red: { table: 100, interfaces: [eth1] }`),
  ];
  expect(touched(without, one)).toEqual(new Map([['n1', new Set(['red', 'eth0'])]]));
  expect(touched(one, other)).toEqual(new Map([['n1', new Set(['red', 'eth0', 'eth1'])]]));
  expect(touched(other, without)).toEqual(new Map([['n1', new Set(['red', 'eth1'])]]));
});
