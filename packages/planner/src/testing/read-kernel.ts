import type { Observed, ObservedInterface, ObservedRoute, ObservedShaping } from '@vethlab/observed';
import { deviceOf, type IpLinkInfo } from './read-device.js';
import { shapingsOf, type TcQdisc } from './read-shaping.js';
import { readTables } from './read-tables.js';
import type { SandboxShell } from './sandbox-shell.js';

interface IpAddressInfo {
  readonly family: 'inet' | 'inet6';
  readonly local: string;
  readonly prefixlen: number;
  readonly scope: string;
  readonly tentative?: boolean;
  readonly dadfailed?: boolean;
}

interface IpLink {
  readonly ifindex: number;
  readonly ifname: string;
  readonly flags: readonly string[];
  readonly mtu: number;
  readonly master?: string;
  readonly operstate: string;
  readonly link_type: string;
  readonly address: string;
  readonly link?: string;
  readonly linkinfo?: IpLinkInfo;
  readonly addr_info: readonly IpAddressInfo[];
}

interface IpRoute {
  readonly dst: string;
  readonly gateway?: string;
  readonly dev?: string;
  readonly metric?: number;
  readonly protocol: string;
  readonly flags: readonly string[];
  /** Absent: main. A name, or the number of another. */
  readonly table?: string;
}

/**
 * One entry into a namespace for all of it: in the second kernel (scripts/uml) each program costs tens of milliseconds. A shell reads byte by
 * byte, and the kernel gives the first of a sysctl only: `read` takes the digit, and misses the end of the line.
 */
const LOOK_INSIDE = `echo "@@ $1 $(stat -Lc %i /run/netns/$1)"
  ip -j -d address; echo
  tc -r -j qdisc; echo
  ip -4 -j route show table all; echo
  ip -6 -j route show table all; echo
  nft -j list ruleset 2>/dev/null || echo "{\\"nftables\\":[]}"
  read -r ipv4 < /proc/sys/net/ipv4/ip_forward || true
  read -r ipv6 < /proc/sys/net/ipv6/conf/all/forwarding || true
  echo "$ipv4 $ipv6"
  ip -o link | sed "s/^\\([0-9]*\\): \\([^:]*\\):.*link-netns \\([^ \\]*\\).*/\\1 \\2 \\3/; s/: <.*//"`;
const LOOK = `for ns in $(ip netns list | cut -d' ' -f1); do nsenter --net=/run/netns/$ns sh -euc '${LOOK_INSIDE}' sh $ns; done`;

/** What iproute2 says about a sandbox: a reader that shares nothing with the one that Vethlab uses. */
export async function readKernel(shell: SandboxShell): Promise<Observed> {
  const { stdout, stderr, exitCode } = await shell.run(LOOK);
  if (exitCode !== 0) throw new Error(stderr);
  const blocks = stdout.split(/^@@ /m).slice(1);
  const parsed = blocks.map(parseBlock);
  const namesByIndex = new Map(
    parsed.map(({ name, links }) => [name, new Map(links.map((link) => [link.ifindex, link.ifname]))]),
  );
  return {
    namespaces: Object.fromEntries(
      parsed.map(({ name, inode, links, shapings, routes, tables, forwarding, peers }) => [
        name,
        {
          name,
          inode,
          forwarding,
          interfaces: Object.fromEntries(
            links.map((link): [string, ObservedInterface] => {
              const peer = peers.get(link.ifindex);
              const home = peer?.namespace ?? name;
              const ifname = peer?.ifname ?? namesByIndex.get(home)?.get(peer?.ifindex ?? 0);
              const known = ifname === undefined ? null : { namespace: home, ifname };
              return [link.ifname, interfaceOf(link, shapings.get(link.ifname), known)];
            }),
          ),
          routes,
          ...(tables.length === 0 ? {} : { tables }),
        },
      ]),
    ),
  };
}

function parseBlock(block: string) {
  const lines = block.split('\n').filter((line) => line !== '');
  const [head = '', links = '[]', qdiscs = '[]', ipv4 = '[]', ipv6 = '[]', rules = '', ...rest] = lines;
  const [forwarding = '', ...linkLines] = rest;
  const [name = '', inode = ''] = head.split(' ');
  const known = JSON.parse(links) as IpLink[];
  const vrfs = new Set(
    known.flatMap(({ linkinfo }) => (linkinfo?.info_kind === 'vrf' ? [linkinfo.info_data?.table] : [])),
  );
  const [forward4, forward6] = forwarding.trim().split(' ');
  return {
    name,
    inode: Number(inode),
    links: known,
    shapings: shapingsOf(JSON.parse(qdiscs) as TcQdisc[]),
    routes: [...routesOf(ipv4, 4, vrfs), ...routesOf(ipv6, 6, vrfs)],
    tables: readTables(rules),
    forwarding: { ipv4: forward4 === '1', ipv6: forward6 === '1' },
    peers: new Map(linkLines.flatMap(peerOf)),
  };
}

/** `2 eth0@if3 ns2`: interface 3 of ns2 is its peer; `2: eth0@eth1`: eth1 of the same namespace. */
function peerOf(
  line: string,
): [number, { readonly ifindex?: number; readonly ifname?: string; readonly namespace: string | null }][] {
  const far = /^(\d+) [^@ ]+@if(\d+) (\S+)$/.exec(line);
  if (far !== null) return [[Number(far[1]), { ifindex: Number(far[2]), namespace: far[3] ?? null }]];
  const near = /^(\d+): [^@ ]+@(\S+)$/.exec(line);
  return near === null || near[2] === undefined ? [] : [[Number(near[1]), { ifname: near[2], namespace: null }]];
}

/** Of the main table and those of VRFs. */
function routesOf(json: string, family: 4 | 6, vrfs: ReadonlySet<number | undefined>): ObservedRoute[] {
  const protocols = new Map([
    ['boot', 3],
    ['static', 4],
  ]);
  return (JSON.parse(json) as IpRoute[])
    .filter(({ protocol, table }) => protocol !== 'kernel' && (table === undefined || vrfs.has(Number(table))))
    .map(({ dst, gateway, dev, metric, protocol, flags, table }) => ({
      family,
      to: dst === 'default' || dst.includes('/') ? dst : `${dst}/${family === 4 ? 32 : 128}`,
      via: gateway ?? null,
      dev: dev ?? null,
      metric: metric ?? 0,
      protocol: protocols.get(protocol) ?? 255,
      linkDown: flags.includes('linkdown'),
      ...(table === undefined ? {} : { table: Number(table) }),
    }));
}

function interfaceOf(
  link: IpLink,
  shaping: ObservedShaping | undefined,
  peer: ObservedInterface['peer'],
): ObservedInterface {
  const up = link.flags.includes('UP');
  const device = deviceOf(link.linkinfo ?? {}, link.link ?? null);
  return {
    ifname: link.ifname,
    ifindex: link.ifindex,
    type: link.linkinfo?.info_kind ?? link.link_type,
    up,
    carrier: up && !link.flags.includes('NO-CARRIER'),
    operstate: link.operstate.toLowerCase() as ObservedInterface['operstate'],
    mtu: link.mtu,
    mac: link.address,
    master: link.master ?? null,
    portState: null,
    ...(shaping === undefined ? {} : { qdisc: shaping.kind, shaping }),
    ...(device === null ? {} : { device }),
    ...(link.linkinfo?.info_kind === 'bridge' && link.linkinfo.info_data?.stp_state === 1 ? { stp: true } : {}),
    peer: link.linkinfo?.info_kind === 'veth' ? peer : null,
    addresses: link.addr_info.map(({ local, prefixlen, scope, tentative, dadfailed }) => ({
      address: `${local}/${prefixlen}`,
      scope: scope as 'global',
      kernelMade: scope !== 'global',
      tentative: tentative === true,
      dadFailed: dadfailed === true,
    })),
  };
}
