import { describe, expect, it } from 'vitest';
import { driftOf } from './drift.js';
import { planLab } from './plan-lab.js';
import { selectSteps } from './select-steps.js';
import { carryOut } from './testing/carry-out.js';
import { readCase } from './testing/read-case.js';

function driftOfCase(name: string) {
  const { topology, observed } = readCase(new URL(`../testdata/${name}/`, import.meta.url)).input;
  return driftOf({ topology, observed });
}

function told(name: string) {
  return driftOfCase(name).map(({ kind, namespace, ifname, description }) => [kind, namespace, ifname, description]);
}

describe('drift', () => {
  it('is empty when the kernel is as the lab wants it', () => {
    expect(told('second-plan-empty')).toEqual([]);
  });

  it('tells what is gone, what is changed and what is unexpected, in words', () => {
    expect(told('drift-routes')).toEqual([
      ['missing', 'ns1', undefined, 'route default via 192.168.1.254 is gone'],
      [
        'changed',
        'ns2',
        undefined,
        'the route default of ns2 goes via 192.168.2.7 dev eth0, and should be default via 192.168.2.254',
      ],
    ]);
    expect(told('drift-unexpected')).toEqual([
      ['unexpected', 'ns1', 'typed0', 'the lab has no interface ns1:typed0'],
      ['unexpected', 'ns9', undefined, 'namespace ns9 is not in the lab'],
      ['unexpected', 'ns1', 'eth0', 'address 10.99.0.1/24 on ns1:eth0 is not in the lab'],
      ['unexpected', 'ns1', 'eth0', 'route 10.98.0.0/16 dev eth0 in ns1 is not in the lab'],
    ]);
  });

  it('calls an interface of another type changed, not unexpected', () => {
    expect(told('drift-wrong-type')[0]).toEqual([
      'changed',
      'ns1',
      'eth0',
      'ns1:eth0 is of type bridge, and the lab wants a veth there',
    ]);
  });

  it('can be repaired one item at a time, with what the item depends on', () => {
    const { input } = readCase(new URL('../testdata/drift-veth-removed/', import.meta.url));
    const plan = planLab({ ...input, unmanaged: 'remove' });
    const part = selectSteps(plan, new Set(['add-address:ns1:eth0:10.0.0.1/24', 'no-such-step']));
    expect(part.steps.map((step) => step.id)).toEqual([
      'add-veth:ns1:eth0:ns2:eth0',
      'add-address:ns1:eth0:10.0.0.1/24',
    ]);
    expect(carryOut(part, input.observed).failures).toEqual([]);
  });

  it('never counts what the kernel makes by itself', () => {
    const { topology, observed } = readCase(new URL('../testdata/second-plan-empty/', import.meta.url)).input;
    const ns1 = observed.namespaces.ns1;
    if (ns1 === undefined) throw new Error('the case has ns1');
    const lo = ns1.interfaces.lo;
    if (lo === undefined) throw new Error('the case has lo');
    const own = { scope: 'host', kernelMade: true, tentative: false, dadFailed: false } as const;
    const interfaces = {
      ...ns1.interfaces,
      lo: { ...lo, addresses: [{ ...own, address: '127.0.0.1/8' }] },
      sit0: { ...lo, ifname: 'sit0', type: 'sit', up: false },
      tunl0: { ...lo, ifname: 'tunl0', type: 'ipip', up: false },
    };
    const route = {
      family: 6,
      to: 'default',
      via: 'fe80::9',
      dev: 'eth0',
      metric: 1024,
      protocol: 9,
      linkDown: false,
    } as const;
    const namespaces = { ...observed.namespaces, ns1: { ...ns1, interfaces, routes: [route] } };
    expect(driftOf({ topology, observed: { namespaces } })).toEqual([]);
  });

  it('leaves a namespace alone whose name no document could have', () => {
    const { topology, observed } = readCase(new URL('../testdata/second-plan-empty/', import.meta.url)).input;
    const ns1 = observed.namespaces.ns1;
    if (ns1 === undefined) throw new Error('the case has ns1');
    const hostile = ['$(id)', '-h', '..', 'a b', '\u001b[2J', 'x'.repeat(33)];
    const foreign = Object.fromEntries(hostile.map((name) => [name, { ...ns1, name, interfaces: {} }]));
    expect(driftOf({ topology, observed: { namespaces: { ...observed.namespaces, ...foreign } } })).toEqual([]);
  });
});
