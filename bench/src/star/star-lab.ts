import { type Topology, topologySchema } from '@vethlab/topology';

/** Hosts per /16 of the generated addresses: one /30 each. */
const subnetsPerBlock = 16_384;

/** Address plan of host number `index` (from 0): a /30 of its own with the router, from 10.0.0.0/8. */
export function starAddresses(index: number): { readonly host: string; readonly router: string } {
  const block = Math.floor(index / subnetsPerBlock);
  const offset = (index % subnetsPerBlock) * 4;
  const base = `10.${block}.${offset >> 8}`;
  return { host: `${base}.${(offset & 0xff) + 1}`, router: `${base}.${(offset & 0xff) + 2}` };
}

/** What a careful person gives a host: replies, itself, pings and two services, and nothing else. */
const hostFirewall = {
  input: {
    policy: 'drop',
    rules: [
      { state: ['established', 'related'], action: 'accept' },
      { in: 'lo', action: 'accept' },
      { protocol: 'icmp', action: 'accept' },
      { protocol: 'icmpv6', action: 'accept' },
      { protocol: 'tcp', port: 22, from: '10.0.0.0/8', action: 'accept' },
      { protocol: 'tcp', port: 80, action: 'accept' },
    ],
  },
  forward: { policy: 'drop', rules: [] },
  output: { policy: 'accept', rules: [] },
};

/**
 * `hosts` hosts around one router: per host a namespace, a veth pair, two addresses, two links up, a default route; and a firewall
 * of six rules, if that is asked for.
 */
export function starLab(hosts: number, hasFirewalls = false): Topology {
  const firewall = hasFirewalls ? { firewall: hostFirewall } : {};
  const indexes = Array.from({ length: hosts }, (_, index) => index);
  return topologySchema.parse({
    vethlab: 1,
    name: `Star of ${hosts}`,
    nodes: Object.fromEntries([
      [
        'r',
        {
          kind: 'router',
          interfaces: Object.fromEntries(
            indexes.map((index) => [`e${index}`, { addresses: [`${starAddresses(index).router}/30`], up: true }]),
          ),
          routes: [],
        },
      ],
      ...indexes.map((index) => [
        `h${index}`,
        {
          kind: 'host',
          interfaces: { eth0: { addresses: [`${starAddresses(index).host}/30`], up: true } },
          routes: [{ to: 'default', via: starAddresses(index).router }],
          ...firewall,
        },
      ]),
    ]),
    links: indexes.map((index) => ({ endpoints: [`h${index}:eth0`, `r:e${index}`], up: true })),
    probes: [],
    canvas: { nodes: {} },
  });
}
