import type { Observed, ObservedInterface } from '@vethlab/observed';
import { ghostsOf } from '@vethlab/planner';
import { describe, expect, it } from 'vitest';
import { edited, labWith, name } from '../../lab/testing/documents';
import { createGhostEdgeDeriver } from './derive-ghost-edges';
import { describeGhost, ghostNodes } from './ghost-drawing';

const face = (ifname: string, part: Partial<ObservedInterface> = {}): ObservedInterface => ({
  ifname,
  ifindex: 7,
  type: 'veth',
  up: true,
  carrier: true,
  operstate: 'up',
  mtu: 1500,
  mac: null,
  master: null,
  portState: null,
  peer: null,
  addresses: [],
  ...part,
});

const namespace = (called: string, ...interfaces: readonly ObservedInterface[]) => ({
  name: called,
  inode: 1,
  forwarding: { ipv4: false, ipv6: false },
  interfaces: Object.fromEntries(interfaces.map((one) => [one.ifname, one])),
  routes: [],
});

const peer = (namespace: string, ifname: string) => ({ peer: { namespace, ifname } });

const lab = labWith('h1');
const isNode = (called: string): boolean => Object.hasOwn(lab.nodes, called);

function drawn(observed: Observed) {
  const ghosts = ghostsOf(lab, observed);
  return {
    nodes: ghostNodes(ghosts, observed, isNode),
    edges: createGhostEdgeDeriver()({ ghosts, topology: lab, observed, selected: new Set() }),
  };
}

describe('what is typed', () => {
  it('shows a pair in the root namespace as the root’s box with a chip, since no line can', () => {
    const root = { veth0: face('veth0', peer('', 'veth1')), veth1: face('veth1', peer('', 'veth0')) };
    const { nodes, edges } = drawn({ namespaces: { h1: namespace('h1') }, root });
    expect(nodes.map(({ id, shape, chips }) => [id, shape, chips])).toEqual([['kernel/', 'root', ['veth0 – veth1']]]);
    expect(edges).toEqual([]);
  });

  it('shows the end that was moved as a dashed line to the root’s box, and no box when both are moved', () => {
    const half = drawn({
      namespaces: { h1: namespace('h1', face('veth0', peer('', 'veth1'))), ns2: namespace('ns2') },
      root: { veth1: face('veth1', peer('h1', 'veth0')) },
    });
    expect(half.nodes.map(({ id }) => id)).toEqual(['kernel/ns2', 'kernel/']);
    expect(half.edges.map(({ source, target }) => [source, target].toSorted())).toEqual([['h1', 'kernel/']]);
    const whole = drawn({
      namespaces: {
        h1: namespace('h1', face('veth0', peer('ns2', 'veth1'))),
        ns2: namespace('ns2', face('veth1', peer('h1', 'veth0'))),
      },
    });
    expect(whole.nodes.map(({ id }) => id)).toEqual(['kernel/ns2']);
    expect(whole.edges.map(({ source, target }) => [source, target].toSorted())).toEqual([['h1', 'kernel/ns2']]);
  });

  it('shows a bridge in the root namespace with its address, beside the wires that end there', () => {
    const ip = (address: string, kernelMade = false) =>
      ({ address, kernelMade, scope: 'global', tentative: false, dadFailed: false }) as const;
    const { nodes } = drawn({
      namespaces: { h1: namespace('h1', face('ceth0', peer('', 'veth0'))) },
      root: {
        veth0: face('veth0', peer('h1', 'ceth0')),
        br0: face('br0', { type: 'bridge', addresses: [ip('172.18.0.1/16'), ip('fe80::1/64', true)] }),
      },
    });
    expect(nodes.map(({ id, chips, neighbours }) => [id, chips, neighbours])).toEqual([
      ['kernel/', ['bridge br0 172.18.0.1/16'], ['h1']],
    ]);
  });

  it('shows routes and sysctls of the root namespace, also where there is nothing else in it', () => {
    const { nodes } = drawn({
      namespaces: { h1: namespace('h1') },
      rootBeyond: [
        { kind: 'route', text: 'default via 172.18.0.2' },
        { kind: 'sysctl', text: 'net.ipv4.ip_forward = 1' },
      ],
    });
    expect(nodes.map(describeGhost)).toEqual([
      'root namespace of the lab, with route default via 172.18.0.2, ip_forward = 1',
    ]);
  });

  it('lies on no wire of the document', () => {
    const wired = edited(labWith('h1', 'h2'), {
      type: 'connect',
      from: { node: name('h1') },
      to: { node: name('h2') },
    }).topology;
    const observed: Observed = {
      namespaces: {
        h1: namespace('h1', face('eth0', peer('h2', 'eth0')), face('x', peer('h2', 'y'))),
        h2: namespace('h2', face('eth0', peer('h1', 'eth0')), face('y', peer('h1', 'x'))),
      },
    };
    const ghosts = ghostsOf(wired, observed);
    const edges = createGhostEdgeDeriver()({ ghosts, topology: wired, observed, selected: new Set() });
    expect(edges).toHaveLength(1);
    expect(Math.abs(edges[0]?.data?.offset ?? 0)).toBeGreaterThan(8);
  });

  it('is plain text, whatever it is called', () => {
    const evil = '\u001b]0;x\u0007$(id)"';
    const { nodes } = drawn({ namespaces: { [evil]: namespace(evil, face('br\u202e', { type: 'bridge' })) } });
    const [node] = nodes;
    expect(node && describeGhost(node)).toBe(
      'unmanaged namespace ‹ESC›]0;x‹BEL›$(id)", in the kernel and not in the document, with bridge br‹U+202E›',
    );
  });

  it('stays the same object from look to look', () => {
    const observed: Observed = {
      namespaces: { h1: namespace('h1', face('a', peer('n', 'b'))), n: namespace('n', face('b', peer('h1', 'a'))) },
    };
    const derive = createGhostEdgeDeriver();
    const look = () => derive({ ghosts: ghostsOf(lab, observed), topology: lab, observed, selected: new Set() })[0];
    expect(look()).toBe(look());
  });
});
