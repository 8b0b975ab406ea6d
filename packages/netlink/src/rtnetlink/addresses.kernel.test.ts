import { describe, expect, it } from 'vitest';
import { compareAddresses, compareNeighbours, compareRoutes } from '../testing/compare.js';
import { inSandbox } from '../testing/sandbox.js';

// biome-ignore lint/suspicious/noExplicitAny: what iproute2 prints has no types.
type Theirs = any;

describe('addresses, routes and neighbours', () => {
  it('that we set are read by iproute2 as they were asked for', async () => {
    const seen = await inSandbox(({ netlink, must, ip }) => {
      const root = netlink.RtnetlinkSocket.open();
      const on = { ifindex: 10 };
      must(root, [
        netlink.newVeth({ a: { ifname: 'v0', ifindex: 10 }, b: { ifname: 'v1', ifindex: 11 } }),
        netlink.setLink({ ifindex: 10, up: true }),
        netlink.setLink({ ifindex: 11, up: true }),
        netlink.newAddress({ ...on, address: '10.0.0.1', prefixLength: 24, broadcast: '10.0.0.255' }),
        netlink.newAddress({ ...on, address: '10.1.0.1', prefixLength: 32, peer: '10.1.0.2' }),
        netlink.newAddress({ ...on, address: 'fd00::1', prefixLength: 64, noDad: true }),
        netlink.newAddress({ ...on, address: '10.9.0.1', prefixLength: 16 }),
        netlink.deleteAddress({ ...on, address: '10.9.0.1', prefixLength: 16 }),
        netlink.newRoute({ family: 4, dst: null, prefixLength: 0, gateway: '10.0.0.254' }),
        netlink.newRoute({
          family: 4,
          dst: '10.2.0.0',
          prefixLength: 16,
          gateway: '10.0.0.253',
          metric: 7,
          protocol: 4,
        }),
        netlink.newRoute({ family: 4, dst: '10.3.0.0', prefixLength: 16, oif: 10 }),
        netlink.newRoute({ family: 4, dst: '10.4.0.0', prefixLength: 16, type: 'blackhole' }),
        netlink.newRoute({ family: 4, dst: '10.5.0.0', prefixLength: 16, gateway: '10.0.0.9', table: 1000 }),
        netlink.newRoute({ family: 4, dst: '10.6.0.0', prefixLength: 16, gateway: 'fd00::9', oif: 10 }),
        netlink.newRoute({ family: 6, dst: null, prefixLength: 0, gateway: 'fd00::fe' }),
        netlink.newRoute({ family: 6, dst: 'fd01::', prefixLength: 48, gateway: 'fd00::fd', metric: 5, oif: 10 }),
        netlink.replaceRoute({ family: 4, dst: null, prefixLength: 0, gateway: '10.0.0.252' }),
        netlink.newRoute({ family: 4, dst: '10.7.0.0', prefixLength: 16, oif: 10 }),
        netlink.deleteRoute({ family: 4, dst: '10.7.0.0', prefixLength: 16 }),
      ]);
      return {
        addresses: ip('addr', 'show', 'dev', 'v0')[0].addr_info as Theirs[],
        routes: [...ip('route', 'show', 'table', 'all'), ...ip('-6', 'route')] as Theirs[],
      };
    });
    const address = (local: string) => seen.addresses.find((entry) => entry.local === local);
    expect(address('10.0.0.1')).toMatchObject({ prefixlen: 24, broadcast: '10.0.0.255', scope: 'global' });
    expect(address('10.1.0.1')).toMatchObject({ address: '10.1.0.2', prefixlen: 32 });
    expect(address('fd00::1')).toMatchObject({ prefixlen: 64, nodad: true });
    expect(address('fd00::1').tentative).toBeUndefined();
    expect(address('10.9.0.1')).toBeUndefined();
    const routes = (dst: string) => seen.routes.filter((entry) => entry.dst === dst);
    expect(routes('default').filter((entry) => entry.gateway.includes('.'))).toEqual([
      expect.objectContaining({ gateway: '10.0.0.252', dev: 'v0' }),
    ]);
    expect(routes('10.2.0.0/16')[0]).toMatchObject({ gateway: '10.0.0.253', metric: 7, protocol: 'static' });
    expect(routes('10.3.0.0/16')[0]).toMatchObject({ dev: 'v0', scope: 'link' });
    expect(routes('10.4.0.0/16')[0]).toMatchObject({ type: 'blackhole' });
    expect(routes('10.5.0.0/16')[0]).toMatchObject({ table: '1000' });
    expect(routes('10.6.0.0/16')[0]).toMatchObject({ via: { family: 'inet6', host: 'fd00::9' } });
    expect(routes('fd01::/48')[0]).toMatchObject({ gateway: 'fd00::fd', metric: 5 });
    expect(routes('default').some((entry) => entry.gateway === 'fd00::fe')).toBe(true);
    expect(routes('10.7.0.0/16')).toEqual([]);
  });

  it('set with the words of iproute2 and set by us come out the same', async () => {
    const seen = await inSandbox(async ({ netlink, must, run, ipIn, until }) => {
      const make = (name: string) => {
        const handle = netlink.createNamespace(name);
        const socket = netlink.RtnetlinkSocket.open(handle);
        const mac = (last: number) => `02:00:00:00:00:0${last}`;
        const a = { ifname: 'v0', ifindex: 10, mac: mac(1) };
        must(socket, [netlink.newVeth({ a, b: { ifname: 'v1', ifindex: 11, mac: mac(2) } })]);
        return socket;
      };
      const ours = make('ours');
      make('theirs');
      must(ours, [
        netlink.setLink({ ifname: 'lo', up: true }),
        netlink.setLink({ ifindex: 10, up: true }),
        netlink.setLink({ ifindex: 11, up: true }),
        netlink.newAddress({ ifindex: 10, address: '10.0.0.1', prefixLength: 24 }),
        netlink.newAddress({ ifindex: 1, address: '127.0.0.2', prefixLength: 8 }),
        netlink.newAddress({ ifindex: 10, address: 'fd00::1', prefixLength: 64, noDad: true }),
        netlink.replaceRoute({ family: 4, dst: null, prefixLength: 0, gateway: '10.0.0.254' }),
        netlink.replaceRoute({ family: 4, dst: '10.3.0.0', prefixLength: 16, oif: 10 }),
        netlink.replaceRoute({ family: 6, dst: null, prefixLength: 0, gateway: 'fd00::fe', oif: 10, metric: 20 }),
      ]);
      for (const line of [
        'link set lo up',
        'link set v0 up',
        'link set v1 up',
        'addr add 10.0.0.1/24 dev v0',
        'addr add 127.0.0.2/8 dev lo',
        'addr add fd00::1/64 dev v0 nodad',
        'route replace default via 10.0.0.254',
        'route replace 10.3.0.0/16 dev v0',
        '-6 route replace default via fd00::fe dev v0 metric 20',
      ]) {
        run('ip', '-n', 'theirs', ...line.split(' '));
      }
      // Carrier is noticed a moment after the other end comes up, and routes are marked by it.
      const isUp = (name: string) =>
        ipIn(name, 'link').every((link: Theirs) => link.operstate !== 'DOWN' && link.operstate !== 'LOWERLAYERDOWN');
      await until(() => isUp('ours') && isUp('theirs'));
      // The kernel's own link-local addresses come after a while.
      const read = (name: string) => ({
        addresses: ipIn(name, 'addr').map((link: Theirs) =>
          link.addr_info.filter((entry: Theirs) => entry.scope !== 'link'),
        ),
        // Routes of one destination stand in the order in which the kernel came to them.
        routes: [...ipIn(name, 'route', 'show', 'table', 'all'), ...ipIn(name, '-6', 'route')]
          .map((route: Theirs) => JSON.stringify(route))
          .filter((route) => !route.includes('fe80'))
          .sort(),
      });
      return { ours: read('ours'), theirs: read('theirs') };
    });
    expect(seen.ours.addresses.flat()).toHaveLength(5);
    expect(seen.ours).toEqual(seen.theirs);
  });

  it('that iproute2 sets are read by us as iproute2 reads them', async () => {
    const seen = await inSandbox(async ({ netlink, run, ip, until }) => {
      for (const line of [
        'link add v0 type veth peer name v1',
        'link add v2 type veth peer name v3',
        'link set v0 up',
        'link set v1 up',
        'link set v2 up',
        'addr add 10.0.0.1/24 brd + dev v0 label v0:x',
        'addr add 10.1.0.1 peer 10.1.0.2/31 dev v0',
        'addr add 10.8.0.1/24 dev v2 scope link',
        'addr add fd00::1/64 dev v0',
        'addr add fd00::2/128 peer fd00::3/128 dev v0 nodad',
        'addr add ::ffff:10.0.0.9/128 dev v0 nodad',
        'addr add fd00:8::1/64 dev v2',
        'route add default via 10.0.0.254 metric 100',
        'route add 10.2.0.0/16 via 10.0.0.253 proto 16',
        'route add 10.9.0.0/16 nexthop via 10.0.0.2 dev v0 weight 3 nexthop via 10.8.0.2 dev v2',
        'route add unreachable 10.10.0.0/16',
        'route add prohibit 10.11.0.0/16',
        'route add 10.12.0.0/16 via 10.0.0.7 table 4000',
        'route add 10.13.0.0/16 via 172.16.0.1 dev v0 onlink',
        'route add 10.14.0.0/16 via inet6 fd00::7 dev v0 src 10.0.0.1',
        '-6 route add fd02::/64 via fd00::fe',
        '-6 route add fd03::/64 nexthop via fd00::a dev v0 nexthop via fd00::b dev v0',
        'neigh add 10.0.0.77 lladdr 02:00:00:00:00:77 dev v0 nud permanent',
        'neigh add fd00::77 lladdr 02:00:00:00:00:78 dev v0 nud stale router',
      ]) {
        run('ip', ...line.split(' '));
      }
      const socket = netlink.RtnetlinkSocket.open();
      // Those of v2 stay tentative: its other end is down.
      await until(() => socket.addresses().every((address) => !address.tentative || address.ifindex === 5));
      // Nobody answers it: an entry that the kernel made and gave up.
      netlink.EchoSocket.open(null, 4).send({ destination: '10.0.0.66', identifier: 1, sequence: 1 });
      return {
        addresses: socket.addresses(),
        ofOne: socket.addresses({ ifindex: 3 }).length,
        ofNobody: socket.addresses({ ifindex: 999 }).length,
        theirAddresses: ip('addr') as Theirs[],
        routes: socket.routes({ table: 254 }),
        otherTable: socket.routes({ table: 4000 }).map((route) => route.dst),
        noTable: socket.routes({ table: 77, family: 4 }).length,
        byInterface: socket.routes({ ifindex: 5, family: 4, table: 254 }).map((route) => route.dst ?? 'default'),
        theirRoutes: [...ip('-d', 'route'), ...ip('-d', '-6', 'route')] as Theirs[],
        neighbours: socket.neighbours(),
        theirNeighbours: ip('neigh') as Theirs[],
        names: Object.fromEntries(socket.links().map((link) => [link.ifindex, link.ifname])),
      };
    });
    compareAddresses(seen);
    compareRoutes(seen);
    compareNeighbours(seen);
  });
});
