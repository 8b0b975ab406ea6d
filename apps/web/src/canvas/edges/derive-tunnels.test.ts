import { emptyObserved, type Observed } from '@vethlab/observed';
import { parseLabFile } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { createEdgeDeriver, type EdgeSources } from './derive-edges';
import { tunnelAppearance, tunnelsIn } from './derive-tunnels';

const file = `
vethlab: 1
name: Tunnel
nodes:
  h1: { kind: host, interfaces: { eth0: { addresses: [10.0.0.1/24] }, vx0: { device: { kind: vxlan, id: 42, local: 10.0.0.1, remote: 10.0.0.2 } } } }
  h2: { kind: host, interfaces: { eth0: { addresses: [10.0.0.2/24] }, vx9: { device: { kind: vxlan, id: 42, local: 10.0.0.2, remote: 10.0.0.1 } } } }
links: [{ endpoints: ["h1:eth0", "h2:eth0"] }]
probes: [{ from: h2, to: 10.0.0.1 }]
`;

const parsed = parseLabFile(file);
if (parsed.topology === null) throw new Error(parsed.diagnostics[0]?.detail);
const { topology } = parsed;

const sources = (observed: Observed, arcs: EdgeSources['arcs'] = new Map()): EdgeSources => ({
  topology,
  observed,
  drifting: new Set(),
  rates: {},
  samples: {},
  arcs,
  liveness: 'live',
  selectedLinks: new Set(),
  selectedProbes: new Set(),
});

const kernel = (up: boolean): Observed => {
  const side = (ifname: string) => ({ interfaces: { [ifname]: { up, carrier: up, operstate: 'unknown' } } });
  return { namespaces: { h1: side('vx0'), h2: side('vx9') } } as unknown as Observed;
};

describe('a tunnel', () => {
  it('is drawn between the nodes of its ends, and a ping that bows the same way keeps clear of it', () => {
    const edges = createEdgeDeriver()(sources(emptyObserved));
    expect(edges.map(({ type, source, target }) => [type, source, target])).toEqual([
      ['link', 'h1', 'h2'],
      ['tunnel', 'h1', 'h2'],
      ['probe', 'h2', 'h1'],
    ]);
    expect(edges[1]?.ariaLabel).toBe('tunnel VXLAN 42 between h1:vx0 and h2:vx9, not in the kernel yet');
    // It is sent the other way, and so its left is the other side.
    expect(edges[2]?.data).toMatchObject({ side: 'left', rank: 0 });
    const same = createEdgeDeriver()(sources(emptyObserved, new Map([['h2>10.0.0.1', 'right']])));
    expect(same[2]?.data).toMatchObject({ side: 'right', rank: 1 });
  });

  it('looks as the worse of its ends, and is drawn anew only when that changes', () => {
    const [drawn] = tunnelsIn(topology);
    if (drawn === undefined) throw new Error('no tunnel');
    expect(tunnelAppearance(drawn, kernel(true))).toBe('up');
    expect(tunnelAppearance(drawn, kernel(false))).toBe('admin-down');
    const derive = createEdgeDeriver();
    const before = derive(sources(kernel(true)))[1];
    expect(derive(sources(kernel(true)))[1]).toBe(before);
    expect(derive(sources(kernel(false)))[1]).not.toBe(before);
  });
});
