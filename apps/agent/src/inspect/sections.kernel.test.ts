import type { LivePieces, LiveSection } from '@vethlab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atOneMoment } from '../testing/at-one-moment.js';
import { exampleLab, SandboxedLab } from '../testing/sandboxed-lab.js';

// biome-ignore lint/suspicious/noExplicitAny: what iproute2 and nft print has no types.
type Theirs = any;

let lab: SandboxedLab;

beforeAll(async () => {
  lab = await SandboxedLab.open(exampleLab('router'));
});
afterAll(async () => {
  await lab.close();
});

async function look<Section extends LiveSection>(node: string, section: Section) {
  const { reading } = await lab.agent.request({ type: 'look', node, sections: [section] });
  expect(Object.keys(reading.pieces)).toEqual([section]);
  const piece = reading.pieces[section];
  if (piece === undefined) throw new Error(`${section} was not read`);
  return piece as NonNullable<LivePieces[Section]>;
}

/** `nsenter --net` instead of `ip netns exec`: it also works for namespaces whose names ip does not like. */
function inside(node: string, ...command: [string, ...string[]]): string {
  const { status, stdout, stderr } = lab.run('nsenter', `--net=/run/netns/${node}`, ...command);
  if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr}`);
  return stdout;
}

/** iproute2 prints nothing at all for some empty lists. */
function ip(node: string, ...words: string[]): Theirs[] {
  return JSON.parse(inside(node, 'ip', '-j', ...words).trim() || '[]');
}

const sorted = (rows: readonly object[]) =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();

describe('what a live reading says of a namespace', () => {
  it('is what `ip -s link` says of its interfaces and their counters', async () => {
    inside('ns-router', 'ping', '-c2', '-W2', '192.168.1.1');
    const interfaces = await look('ns-router', 'interfaces');
    const counters = await look('ns-router', 'counters');
    const theirs = ip('ns-router', '-s', '-d', 'link');
    expect(interfaces.problem).toBeNull();
    expect(
      sorted(interfaces.rows.map(({ ifname, mtu, operstate, up, mac }) => ({ ifname, mtu, operstate, up, mac }))),
    ).toEqual(
      sorted(
        theirs.map((link) => ({
          ifname: link.ifname,
          mtu: link.mtu,
          operstate: link.operstate.toLowerCase(),
          up: link.flags.includes('UP'),
          mac: link.address,
        })),
      ),
    );
    for (const link of theirs) {
      const ours = counters.rows.find(({ ifname }) => ifname === link.ifname);
      // Between the two readings something more may have passed.
      expect(ours?.rxPackets, link.ifname).toBeGreaterThanOrEqual(link.stats64.rx.packets - 3);
      expect(ours?.rxPackets, link.ifname).toBeLessThanOrEqual(link.stats64.rx.packets);
      expect([ours?.rxErrors, ours?.txDropped]).toEqual([link.stats64.rx.errors, link.stats64.tx.dropped]);
    }
    expect(interfaces.rows.find(({ ifname }) => ifname === 'veth-router1')?.peer).toBe('ns1:veth-ns1');
  });

  it('is what `ip address` says', async () => {
    const theirAddresses = () =>
      ip('ns1', 'address').flatMap((link) =>
        link.addr_info.map((entry: Theirs) => ({
          ifname: link.ifname,
          address: `${entry.local}/${entry.prefixlen}`,
          scope: entry.scope,
          tentative: entry.tentative ?? false,
        })),
      );
    const { ours, theirs } = await atOneMoment(theirAddresses, () => look('ns1', 'addresses'));
    expect(theirs.length).toBeGreaterThan(2);
    expect(
      sorted(ours.rows.map(({ ifname, address, scope, tentative }) => ({ ifname, address, scope, tentative }))),
    ).toEqual(sorted(theirs));
  });

  it('is what `ip route show table all` says, the kernel’s own told apart', async () => {
    inside('ns1', 'ip', 'route', 'add', '10.77.0.0/16', 'via', '192.168.1.254', 'table', '200', 'metric', '5');
    inside('ns1', 'ip', 'route', 'add', 'blackhole', '10.78.0.0/16');
    // With the end of duplicate address detection comes one more of the kernel's own.
    const theirRoutes = () => [
      ...ip('ns1', '-d', '-4', 'route', 'show', 'table', 'all'),
      ...ip('ns1', '-d', '-6', 'route', 'show', 'table', 'all'),
    ];
    const moment = await atOneMoment(theirRoutes, () => look('ns1', 'routes'));
    const { theirs } = moment;
    const ours = moment.ours.rows;
    const plain = (route: Theirs) => ({
      to:
        route.dst === 'default' || route.dst.includes('/')
          ? route.dst
          : `${route.dst}/${route.dst.includes(':') ? 128 : 32}`,
      table: route.table ?? 'main',
      type: route.type,
      via: route.gateway ?? null,
      dev: route.dev ?? null,
      metric: route.metric ?? 0,
      protocol: route.protocol,
    });
    expect(
      sorted(
        ours.map(({ to, tableName, type, via, dev, metric, protocol }) => ({
          to,
          table: tableName,
          type,
          via,
          dev,
          metric,
          protocol,
        })),
      ),
    ).toEqual(sorted(theirs.map(plain)));
    expect(ours.find(({ to }) => to === '10.77.0.0/16')).toMatchObject({ tableName: '200', kernelMade: false });
    expect(ours.find(({ to }) => to === '192.168.1.0/24')).toMatchObject({ kernelMade: true });
  });

  it('is what `ip rule` says', async () => {
    inside(
      'ns1',
      'ip',
      'rule',
      'add',
      'from',
      '10.0.0.0/24',
      'fwmark',
      '0x1',
      'iif',
      'veth-ns1',
      'lookup',
      '200',
      'pref',
      '500',
    );
    const ours = (await look('ns1', 'rules')).rows.map(
      ({ priority, selector, action }) => `${priority}:\t${selector} ${action}`,
    );
    const theirs = ['-4', '-6'].flatMap((family) => inside('ns1', 'ip', family, 'rule').trim().split('\n'));
    expect(ours).toEqual(theirs.map((line) => line.trim()));
  });

  it('has the neighbours that `ip neigh` has', async () => {
    inside('ns1', 'ping', '-c1', '-W2', '192.168.1.254');
    inside('ns1', 'ip', 'neigh', 'add', '192.168.1.77', 'lladdr', '02:00:00:00:00:77', 'dev', 'veth-ns1');
    const theirNeighbours = () =>
      sorted(ip('ns1', 'neigh').map((entry) => ({ address: entry.dst, ifname: entry.dev, mac: entry.lladdr ?? null })));
    const { ours, theirs } = await atOneMoment(theirNeighbours, () => look('ns1', 'neighbours'));
    expect(sorted(ours.rows.map(({ address, ifname, mac }) => ({ address, ifname, mac })))).toEqual(theirs);
    expect(ours.rows.find(({ address }) => address === '192.168.1.77')?.state).toBe('permanent');
  });

  it('has the sockets that `ss` has, with who holds them', async () => {
    const server = `require('net').createServer().listen(8080, '192.168.1.1'); require('net').createServer().listen(81, '::1'); require('dgram').createSocket('udp4').bind(5353)`;
    lab.run('sh', '-c', `nsenter --net=/run/netns/ns1 ${process.execPath} -e "${server}" </dev/null >/dev/null 2>&1 &`);
    const listeners = () =>
      inside('ns1', 'ss', '-H', '-n', '-l', '-t', '-u')
        .trim()
        .split('\n')
        .filter((line) => line !== '');
    await lab.until(() => listeners().length >= 3, 'they listen');
    const ours = (await look('ns1', 'sockets')).rows.filter(({ protocol }) => /^(tcp|udp)/.test(protocol));
    const local = (line: string) => line.split(/\s+/)[4];
    expect(ours.map((socket) => socket.local).sort()).toEqual(listeners().map(local).sort());
    expect(ours.find((socket) => socket.local === '192.168.1.1:8080')).toMatchObject({
      state: 'listen',
      owner: { name: 'node' },
    });
    const raw = (await look('ns1', 'sockets')).rows.filter(({ protocol }) => protocol === 'raw');
    expect(raw.map(({ owner }) => owner?.name)).toEqual(raw.map(() => 'vethlab'));
  });

  it('has the sysctls, beside what a new namespace has', async () => {
    const value = async (node: string, key: string) =>
      (await look(node, 'sysctls')).rows.find((row) => row.key === key);
    expect(await value('ns-router', 'net.ipv4.ip_forward')).toMatchObject({ value: '1', fresh: '0', ifname: null });
    expect(await value('ns1', 'net.ipv4.ip_forward')).toMatchObject({ value: '0', fresh: '0' });
    inside('ns1', 'sysctl', '-qw', 'net.ipv4.conf.veth-ns1.rp_filter=2');
    expect(await value('ns1', 'net.ipv4.conf.veth-ns1.rp_filter')).toMatchObject({ value: '2', ifname: 'veth-ns1' });
    for (const { key, value: ours } of (await look('ns1', 'sysctls')).rows) {
      expect(inside('ns1', 'sysctl', '-n', key).trim().replaceAll('\t', ' '), key).toBe(ours);
    }
  });

  it('has the forwarding table of a switch', async () => {
    const other = await SandboxedLab.open(exampleLab('switch'));
    try {
      const [name] = Object.entries(other.topology.nodes).find(([, node]) => node.kind === 'switch') ?? [''];
      const theirs = () =>
        other.json<Theirs[]>('bridge', '-j', '-n', name, 'fdb').filter((entry) => entry.master !== undefined);
      await other.until(() => theirs().length > 2, 'addresses are learned');
      const entries = () =>
        sorted(
          theirs().map((entry) => ({
            mac: entry.mac,
            ifname: entry.ifname,
            bridge: entry.master,
            vlan: entry.vlan ?? null,
          })),
        );
      const {
        ours: { reading },
        theirs: known,
      } = await atOneMoment(entries, () =>
        other.agent.request({ type: 'look', node: name, sections: ['fdb', 'interfaces'] }),
      );
      const ours = reading.pieces.fdb?.rows ?? [];
      expect(sorted(ours.map(({ mac, ifname, bridge, vlan }) => ({ mac, ifname, bridge, vlan })))).toEqual(known);
      expect(reading.pieces.interfaces?.rows.some(({ portState }) => portState === 'forwarding')).toBe(true);
    } finally {
      await other.close();
    }
  });
});

describe('a live reading of what is not there', () => {
  it('says so', async () => {
    const { reading } = await lab.agent.request({ type: 'look', node: 'nobody', sections: ['routes'] });
    expect(reading).toEqual({ node: 'nobody', present: false, pieces: {} });
  });

  it('shows hostile names as they are', async () => {
    lab.run('ip', 'netns', 'add', '$(id)"<b>');
    await lab.until(() => Object.hasOwn(lab.observed.namespaces, '$(id)"<b>'), 'the namespace is seen');
    inside('$(id)"<b>', 'ip', 'link', 'add', '__proto__', 'type', 'bridge');
    const interfaces = await look('$(id)"<b>', 'interfaces');
    expect(interfaces.rows.map(({ ifname }) => ifname)).toEqual(['lo', '__proto__']);
    expect((await look('$(id)"<b>', 'sysctls')).rows.some(({ ifname }) => ifname === '__proto__')).toBe(true);
    expect((await look('$(id)"<b>', 'firewall')).problem).toBeNull();
  });
});
