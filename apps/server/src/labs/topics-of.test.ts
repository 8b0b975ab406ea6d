import { expect, it } from 'vitest';
import { exampleLab } from '../testing/example-files.js';
import { topicsOf } from './topics-of.js';

const topicsOfExample = (name: string): readonly string[] => topicsOf(exampleLab(`${name}.lab.yaml`));

it.each(['two-hosts', 'router', 'switch', 'three-routers', 'two-switches', 'dual-stack'])(
  '%s is one to begin with',
  (name) => {
    expect(topicsOfExample(name)).toEqual([]);
  },
);

it.each([
  ['nat', ['NAT']],
  ['firewall', ['firewall']],
  ['internet', ['internet', 'NAT']],
  ['slow-wan', ['delay and loss']],
  ['stp-loop', ['spanning tree']],
  ['vlans', ['VLAN']],
  ['vrf', ['VRF']],
  ['vxlan', ['VXLAN', 'macvlan']],
])('%s is about what it shows', (name, topics) => {
  expect([...topicsOfExample(name)].sort()).toEqual([...topics].sort());
});
