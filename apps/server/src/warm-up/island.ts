import { parseTopology, type Topology } from '@vethlab/topology';

/** Small enough that reading one takes a few milliseconds even for the first time. */
export const hostsPerIsland = 10;

/** A router with some hosts, each in a subnet of its own. `number` (from 0) makes names and addresses its own. */
export function island(number: number): Topology {
  const router = `r${number}`;
  const hosts = Array.from({ length: hostsPerIsland }, (_, index) => ({
    name: `h${number * hostsPerIsland + index}`,
    port: `eth${index}`,
    subnet: `10.${number}.${index}`,
  }));
  const iface = (address: string) => ({ addresses: [address], up: true });
  const read = parseTopology({
    vethlab: 1,
    name: 'Warm-up',
    nodes: Object.fromEntries([
      [
        router,
        {
          kind: 'router',
          interfaces: Object.fromEntries(hosts.map(({ port, subnet }) => [port, iface(`${subnet}.254/24`)])),
          routes: [],
        },
      ],
      ...hosts.map(({ name, subnet }) => [
        name,
        {
          kind: 'host',
          interfaces: { eth0: iface(`${subnet}.1/24`) },
          routes: [{ to: 'default', via: `${subnet}.254` }],
        },
      ]),
    ]),
    links: hosts.map(({ name, port }) => ({ endpoints: [`${name}:eth0`, `${router}:${port}`], up: true })),
    probes: [{ from: `h${number * hostsPerIsland}`, to: `10.${number}.0.254`, intervalMs: 1_000 }],
    canvas: { nodes: Object.fromEntries(hosts.map(({ name }, index) => [name, { x: index, y: number }])) },
  });
  if (!read.ok) throw new Error(`The warm-up lab is not valid: ${JSON.stringify(read.diagnostics[0])}`);
  return read.value;
}

/** Both in one document. */
export function together(a: Topology, b: Topology): Topology {
  return {
    ...a,
    nodes: { ...a.nodes, ...b.nodes },
    links: [...a.links, ...b.links],
    probes: [...a.probes, ...b.probes],
    canvas: { nodes: { ...a.canvas.nodes, ...b.canvas.nodes } },
  };
}
