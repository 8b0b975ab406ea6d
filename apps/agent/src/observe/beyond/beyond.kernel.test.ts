import { afterEach, beforeEach, expect, it } from 'vitest';
import { exampleLab, SandboxedLab, topologyOf } from '../../testing/sandboxed-lab.js';
import { watchedFolders } from './sysctls.js';

/** What the product promises: what is typed in a terminal is seen within a second. */
const promisedMs = 1000;

let lab: SandboxedLab;
beforeEach(async () => {
  lab = await SandboxedLab.open(exampleLab('router'));
});
afterEach(() => lab.close());

const seen = (namespace: string) =>
  (lab.observed.namespaces[namespace]?.beyond ?? []).map(({ kind, text }) => `${kind} ${text}`);
const typed = (namespace: string, ...words: string[]) =>
  expect(lab.run('ip', '-n', namespace, ...words)).toMatchObject({ status: 0, stderr: '' });

it('rules of policy routing and routes of other kinds and tables are seen within a second, and when they go', async () => {
  expect(Object.keys(lab.observed.namespaces).flatMap(seen)).toEqual([]);
  typed('ns-router', 'rule', 'add', 'fwmark', '7', 'lookup', '7');
  await lab.until(() => seen('ns-router').length === 1, 'the rule is seen', promisedMs);
  typed('ns-router', 'route', 'add', '10.9.0.0/16', 'via', '192.168.1.1', 'table', '7');
  typed('ns-router', '-6', 'route', 'add', 'unreachable', '2001:db8::/32');
  typed('ns1', 'route', 'add', 'blackhole', '10.0.0.0/8');
  await lab.until(() => seen('ns-router').length === 3 && seen('ns1').length === 1, 'all are seen', promisedMs);
  expect(seen('ns-router')).toEqual([
    'rule from all fwmark 0x7 lookup 7',
    'route 10.9.0.0/16 via 192.168.1.1 table 7',
    'route IPv6 unreachable 2001:db8::/32',
  ]);
  expect(seen('ns1')).toEqual(['route blackhole 10.0.0.0/8']);
  // It is none of the lab's, and so no difference that an edit or a repair would undo.
  expect(lab.drift).toEqual([]);
  expect((await lab.agent.request({ type: 'repair', items: null })).report).toMatchObject({ steps: 0, failures: [] });
  expect(seen('ns-router')).toHaveLength(3);

  // With its interface the kernel drops a route without a word.
  typed('ns-router', 'link', 'set', 'veth-router1', 'down');
  await lab.until(() => seen('ns-router').length === 2, 'the route has gone with its interface', promisedMs);
  typed('ns-router', 'rule', 'del', 'fwmark', '7');
  typed('ns1', 'route', 'del', 'blackhole', '10.0.0.0/8');
  await lab.until(() => seen('ns-router').length === 1 && seen('ns1').length === 0, 'they are gone', promisedMs);
});

const sysctl = (namespace: string, ...words: string[]) =>
  expect(lab.run('ip', 'netns', 'exec', namespace, 'sysctl', '-qw', ...words)).toMatchObject({ status: 0, stderr: '' });
const bridge = (namespace: string, ...words: string[]) =>
  expect(lab.run('bridge', '-n', namespace, ...words)).toMatchObject({ status: 0, stderr: '' });

it('sysctls are seen within a second, whichever they are, and when they are as before', async () => {
  sysctl('ns1', 'net.ipv4.icmp_echo_ignore_all=1');
  await lab.until(() => seen('ns1').length === 1, 'a sysctl of the namespace is seen', promisedMs);
  sysctl('ns-router', 'net.ipv4.conf.veth-router1.rp_filter=1', 'net.ipv6.conf.all.accept_ra=0');
  await lab.until(() => seen('ns-router').length === 2, 'those of others are seen', promisedMs);
  expect(seen('ns1')).toEqual(['sysctl net.ipv4.icmp_echo_ignore_all = 1']);
  expect(seen('ns-router')).toEqual([
    'sysctl net.ipv6.conf.all.accept_ra = 0',
    'sysctl net.ipv4.conf.veth-router1.rp_filter = 1',
  ]);
  // What a lab says is a difference, and none of these.
  sysctl('ns-router', 'net.ipv4.ip_forward=0');
  await lab.until(() => lab.drift.length > 0, 'the router that forwards no more is drift', promisedMs);
  sysctl(
    'ns-router',
    'net.ipv4.ip_forward=1',
    'net.ipv4.conf.veth-router1.rp_filter=0',
    'net.ipv6.conf.all.accept_ra=1',
  );
  sysctl('ns1', 'net.ipv4.icmp_echo_ignore_all=0');
  await lab.until(
    () => seen('ns1').length + seen('ns-router').length + lab.drift.length === 0,
    'all is as before',
    promisedMs,
  );
  expect(lab.problems).toEqual([]);
});

it('sysctls of a single interface are seen, also of one that was made, named or moved a moment before, and go with it', async () => {
  sysctl('ns1', 'net.ipv4.conf.veth-ns1.arp_ignore=1');
  await lab.until(() => seen('ns1').length === 1, 'that of an interface of the lab is seen', promisedMs);
  expect(seen('ns1')).toEqual(['sysctl net.ipv4.conf.veth-ns1.arp_ignore = 1']);
  // In one go: the interface is there before anybody listens.
  const script = `
    ip -n ns2 link add a.b type veth peer name end
    ip netns exec ns2 sysctl -qw net/ipv6/conf/a.b/accept_ra=0
    ip -n ns2 link set end netns ns1
    ip netns exec ns1 sysctl -qw net.ipv4.conf.end.arp_announce=2`;
  expect(lab.run('sh', '-ec', script)).toMatchObject({ status: 0, stderr: '' });
  await lab.until(() => seen('ns2').length === 1 && seen('ns1').length === 2, 'those are seen', promisedMs);
  expect(seen('ns2')).toEqual(['sysctl net.ipv6.conf.a/b.accept_ra = 0']);
  typed('ns2', 'link', 'set', 'a.b', 'name', 'c');
  await lab.until(() => seen('ns2').join() === 'sysctl net.ipv6.conf.c.accept_ra = 0', 'it is renamed', promisedMs);
  sysctl('ns2', 'net.ipv4.conf.c.arp_ignore=2');
  await lab.until(() => seen('ns2').length === 2, 'under its new name it is heard', promisedMs);
  typed('ns2', 'link', 'del', 'c');
  sysctl('ns1', 'net.ipv4.conf.veth-ns1.arp_ignore=0');
  await lab.until(() => seen('ns1').length + seen('ns2').length === 0, 'they have gone with it', promisedMs);
  // Another one of the same name.
  typed('ns2', 'link', 'add', 'c', 'type', 'veth', 'peer', 'name', 'd');
  await lab.until(() => lab.observed.namespaces.ns2?.interfaces.c !== undefined, 'it is there', promisedMs);
  sysctl('ns2', 'net.ipv4.conf.c.arp_ignore=2');
  await lab.until(() => seen('ns2').length === 1, 'it is heard, too', promisedMs);
  expect(lab.problems).toEqual([]);
});

it('an interface of a router that forwards no more is seen, and one that lost its IPv6 for a moment is heard', async () => {
  sysctl('ns-router', 'net.ipv4.conf.veth-router1.forwarding=0');
  await lab.until(() => seen('ns-router').length === 1, 'it is seen', promisedMs);
  expect(seen('ns-router')).toEqual(['sysctl net.ipv4.conf.veth-router1.forwarding = 0']);
  sysctl('ns-router', 'net.ipv4.conf.veth-router1.forwarding=1');
  await lab.until(() => seen('ns-router').length === 0, 'it forwards again', promisedMs);
  const mtu = () => lab.observed.namespaces.ns1?.interfaces['veth-ns1']?.mtu;
  for (const wanted of [1000, 1500]) {
    typed('ns1', 'link', 'set', 'veth-ns1', 'mtu', `${wanted}`);
    await lab.until(() => mtu() === wanted, 'its MTU is seen', promisedMs);
  }
  sysctl('ns1', 'net.ipv6.conf.veth-ns1.accept_ra=0');
  await lab.until(() => seen('ns1').length === 1, 'its new folder is heard', promisedMs);
});

it('sysctls of interfaces are heard whatever these are called, and run nothing', async () => {
  const odd = '<b>"x$(id)\u001b[m';
  const script = `
    ip -n ns2 link add "$1" type veth peer name '-;\u{1f600}\u{1f600}'
    echo 1 >"/proc/sys/net/ipv4/conf/$1/arp_ignore"`;
  expect(lab.run('nsenter', '--net=/run/netns/ns2', 'sh', '-ec', script, '_', odd)).toMatchObject({ stderr: '' });
  await lab.until(() => seen('ns2').length === 1, 'it is heard', promisedMs);
  expect(seen('ns2')).toEqual([`sysctl net.ipv4.conf.${odd}.arp_ignore = 1`]);
  expect(lab.problems).toEqual([]);
});

it('what is listened to for sysctls is let go of with its interface and its namespace', async () => {
  const forAll = () =>
    Object.values(lab.observed.namespaces).reduce(
      (sum, { interfaces }) => sum + watchedFolders.length + 2 * Object.keys(interfaces).length,
      // For names of namespaces, and in the root namespace with its loopback.
      1 + watchedFolders.length + 2,
    );
  await lab.until(() => watches() === forAll(), 'all of the lab is listened to');
  const before = watches();
  lab.run('sh', '-ec', 'ip netns add x; for i in 1 2 3 4 5; do ip -n x link add v$i type veth peer name w$i; done');
  await lab.until(() => watches() === forAll() && watches() >= before + 20, 'what is new is, too');
  expect(lab.run('sh', '-ec', 'for i in 1 2 3; do ip -n x link del v$i; done').status).toBe(0);
  await lab.until(() => Object.keys(lab.observed.namespaces.x?.interfaces ?? {}).length === 5, 'they are gone');
  await lab.until(() => watches() === forAll(), 'what is gone is let go of');
  expect(lab.run('ip', 'netns', 'del', 'x').status).toBe(0);
  await lab.until(() => watches() === before, 'with its namespace as well');
});

/** How many folders the lab listens to (proc_pid_fdinfo(5)); nobody but the agent does. */
const watches = () => Number(lab.run('sh', '-c', 'cat /proc/[0-9]*/fdinfo/* 2>/dev/null | grep -c ^inotify').stdout);

it('neighbours that somebody set are seen within a second, and when they go; those that are found are not', async () => {
  const { status } = lab.run('ip', 'netns', 'exec', 'ns1', 'ping', '-c1', '-W2', '192.168.1.1');
  expect(status).toBe(0);
  typed('ns1', 'neigh', 'add', '192.168.1.77', 'lladdr', '02:00:00:00:00:77', 'dev', 'veth-ns1');
  await lab.until(() => seen('ns1').length === 1, 'the neighbour is seen', promisedMs);
  typed(
    'ns1',
    'neigh',
    'replace',
    '2001:db8::77',
    'lladdr',
    '02:00:00:00:00:77',
    'dev',
    'veth-ns1',
    'nud',
    'permanent',
  );
  await lab.until(() => seen('ns1').length === 2, 'the other one is seen', promisedMs);
  expect(seen('ns1')).toEqual([
    'neighbour 192.168.1.77 dev veth-ns1 lladdr 02:00:00:00:00:77',
    'neighbour 2001:db8::77 dev veth-ns1 lladdr 02:00:00:00:00:77',
  ]);
  typed('ns1', 'neigh', 'del', '192.168.1.77', 'dev', 'veth-ns1');
  typed('ns1', 'neigh', 'del', '2001:db8::77', 'dev', 'veth-ns1');
  await lab.until(() => seen('ns1').length === 0, 'they are gone', promisedMs);
});

it('forwarding entries that somebody set are seen within a second, and when they go; those of the ports are not', async () => {
  expect(lab.run('sh', '-ec', makeSwitch)).toMatchObject({ status: 0, stderr: '' });
  await lab.until(
    () =>
      Object.values(lab.observed.namespaces.sw?.interfaces ?? {}).filter(({ master }) => master === 'br0').length === 2,
    'the switch is seen',
  );
  bridge('sw', 'fdb', 'add', '02:00:00:00:00:77', 'dev', 'p1', 'master', 'static');
  await lab.until(() => seen('sw').length === 1, 'the entry is seen', promisedMs);
  bridge('sw', 'fdb', 'append', '00:00:00:00:00:00', 'dev', 'vx0', 'dst', '10.0.0.9');
  await lab.until(() => seen('sw').length === 2, 'the other remote end is seen', promisedMs);
  expect(seen('sw').toSorted()).toEqual([
    'fdb 00:00:00:00:00:00 dev vx0 dst 10.0.0.9 permanent',
    'fdb 02:00:00:00:00:77 dev p1 master br0 static',
  ]);
  bridge('sw', 'fdb', 'del', '02:00:00:00:00:77', 'dev', 'p1', 'master');
  bridge('sw', 'fdb', 'del', '00:00:00:00:00:00', 'dev', 'vx0', 'dst', '10.0.0.9');
  await lab.until(() => seen('sw').length === 0, 'they are gone', promisedMs);
});

const makeSwitch = `
ip netns add sw
ip -n sw link add br0 type bridge
for port in 1 2; do
  ip -n sw link add p$port type veth peer name q$port
  ip -n sw link set p$port master br0 up
  ip -n sw link set q$port up
done
ip -n sw link add vx0 type vxlan id 7 remote 10.0.0.2 dstport 4789
ip -n sw link set vx0 up
ip -n sw link set br0 up`;

it('a name for the root namespace takes nothing of it away', async () => {
  const root = (line: string) => expect(lab.run('sh', '-ec', line)).toMatchObject({ status: 0, stderr: '' });
  root('touch /run/netns/same; mount --bind /proc/self/ns/net /run/netns/same');
  await lab.until(() => 'same' in lab.observed.namespaces, 'it is seen');
  root('ip netns del same');
  await lab.until(() => !('same' in lab.observed.namespaces), 'it is gone');
  root('sysctl -qw net.ipv4.conf.lo.arp_ignore=1 net.ipv4.ip_forward=1');
  await lab.until(() => lab.observed.rootBeyond?.length === 2, 'the root namespace is heard all the same', promisedMs);
});

it('of the root namespace all routes, rules, firewalls and sysctls are seen, and when they go', async () => {
  const inRoot = () => (lab.observed.rootBeyond ?? []).map(({ kind, text }) => `${kind} ${text}`);
  const root = (...lines: string[]) =>
    expect(lab.run('sh', '-ec', lines.join('\n'))).toMatchObject({ status: 0, stderr: '' });
  expect(lab.observed.rootBeyond).toBeUndefined();
  root('sysctl -qw net.ipv4.ip_forward=1');
  await lab.until(() => inRoot().length === 1, 'the sysctl is seen', promisedMs);
  root(
    'ip link add br0 type bridge',
    'ip addr add 172.18.0.1/16 dev br0',
    'ip link set br0 up',
    'ip route add 10.1.0.0/16 dev br0',
    'ip route add default via 172.18.0.2',
    'ip rule add fwmark 3 lookup 9',
    'ip neigh add 172.18.0.7 lladdr 02:00:00:00:00:07 dev br0',
    'sysctl -qw net.ipv4.conf.br0.proxy_arp=1',
  );
  const all = [
    'neighbour 172.18.0.7 dev br0 lladdr 02:00:00:00:00:07',
    'route 10.1.0.0/16 dev br0',
    'route default via 172.18.0.2',
    'rule from all fwmark 0x3 lookup 9',
    'sysctl net.ipv4.conf.br0.proxy_arp = 1',
    'sysctl net.ipv4.ip_forward = 1',
  ];
  await lab.until(() => inRoot().length === all.length, 'the others are seen', promisedMs);
  expect(inRoot().sort()).toEqual(all);
  root('iptables -t nat -A POSTROUTING -s 172.18.0.0/16 ! -o br0 -j MASQUERADE');
  await lab.until(() => inRoot().includes('table ip nat: 1 rule'), 'its rule is seen', promisedMs);
  root('nft delete table ip nat');
  await lab.until(() => inRoot().length === all.length, 'its rule is gone', promisedMs);
  // None of it is a difference, and nothing of it is taken away.
  expect((await lab.agent.request({ type: 'repair', items: null })).report.failures).toEqual([]);
  expect(inRoot()).toHaveLength(all.length);
  root('ip link del br0', 'ip rule del fwmark 3', 'sysctl -qw net.ipv4.ip_forward=0');
  await lab.until(() => lab.observed.rootBeyond === undefined, 'they are gone', promisedMs);
});

it('a namespace that somebody made has its own', async () => {
  expect(lab.run('sh', '-ec', 'ip netns add web; ip -n web rule add to 10.1.0.0/16 prohibit').status).toBe(0);
  await lab.until(() => seen('web').join() === 'rule from all to 10.1.0.0/16 prohibit', 'the rule is seen', promisedMs);
});

it('of a lab of many nodes, which are listened to after it has been applied, the last one is heard too', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `h${index}`);
  const many = await SandboxedLab.open(
    topologyOf(`vethlab: 1\nname: Many\nnodes:\n${names.map((name) => `  ${name}: { kind: host }\n`).join('')}`),
  );
  try {
    const write = ['ip', 'netns', 'exec', 'h39', 'sysctl', '-qw', 'net.ipv4.icmp_echo_ignore_all=1'] as const;
    await many.until(() => {
      expect(many.run(...write).status).toBe(0);
      return many.observed.namespaces.h39?.beyond?.length === 1;
    }, 'the sysctl of the last one is seen');
  } finally {
    await many.close();
  }
});

it('where no more can be listened to, the log says so once, and all else is seen', async () => {
  expect(lab.run('sh', '-ec', 'echo 1 >/proc/sys/user/max_inotify_watches')).toMatchObject({ status: 0, stderr: '' });
  expect(lab.run('sh', '-ec', 'ip netns add web; ip netns add db').status).toBe(0);
  await lab.until(() => lab.problems.length > 0, 'the log says so');
  await lab.until(() => 'web' in lab.observed.namespaces && 'db' in lab.observed.namespaces, 'both are seen');
  expect(lab.problems).toEqual([expect.stringMatching(/^Sysctls that are typed show in the live tab only: .*ENOSPC/)]);
  typed('web', 'rule', 'add', 'to', '10.1.0.0/16', 'prohibit');
  await lab.until(() => seen('web').length === 1, 'a rule in it is seen', promisedMs);
});
