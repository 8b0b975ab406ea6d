import { describe, expect, it } from 'vitest';
import { affectedBy } from './affected-by.js';
import { planLab } from './plan-lab.js';
import { readCase } from './testing/read-case.js';

function affectedIn(name: string) {
  const { steps } = planLab(readCase(new URL(`../testdata/${name}/`, import.meta.url)).input);
  return steps.map((step) => {
    const { namespaces, interfaces } = affectedBy(step);
    return [namespaces.join(' '), interfaces.map((one) => `${one.namespace}:${one.ifname}`).join(' ')];
  });
}

describe('what a step touches', () => {
  it('is both ends of a veth pair, one interface, or the namespace alone', () => {
    expect(affectedIn('drift-veth-removed').slice(0, 2)).toEqual([
      ['ns1 ns2', 'ns1:eth0 ns2:eth0'],
      ['ns1', 'ns1:eth0'],
    ]);
    expect(affectedIn('router-becomes-host')).toEqual([
      ['ns-router', ''],
      ['ns-router', ''],
    ]);
  });

  it('is the name before and the name after of a rename', () => {
    expect(affectedIn('rename-node')).toEqual([['ns-router gw', '']]);
    expect(affectedIn('rename-interface')[1]).toEqual(['ns1', 'ns1:eth0 ns1:lan0']);
  });
});
