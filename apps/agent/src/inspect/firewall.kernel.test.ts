import type { LiveFirewall } from '@vethlab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleLab, SandboxedLab } from '../testing/sandboxed-lab.js';

let lab: SandboxedLab;

beforeAll(async () => {
  lab = await SandboxedLab.open(exampleLab('router'));
});
afterAll(async () => {
  await lab.close();
});

async function firewallOf(node: string): Promise<LiveFirewall> {
  const { reading } = await lab.agent.request({ type: 'look', node, sections: ['firewall'] });
  if (reading.pieces.firewall === undefined) throw new Error('no firewall was read');
  return reading.pieces.firewall;
}

function inside(node: string, ...command: [string, ...string[]]): string {
  const { status, stdout, stderr } = lab.run('nsenter', `--net=/run/netns/${node}`, ...command);
  if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr}`);
  return stdout;
}

const rulesOf = (firewall: LiveFirewall) =>
  firewall.tables.flatMap((table) => table.chains.flatMap((chain) => chain.rules.map((rule) => rule.text)));

describe('the firewall of a namespace', () => {
  it('is empty where nobody made one', async () => {
    expect(await firewallOf('ns2')).toEqual({ tables: [], total: 0, problem: null });
  });

  it('is told in the words of nft, and counts', async () => {
    const rules = [
      'ct state established,related accept',
      'iifname "veth-router1" tcp dport { 22, 80-90 } accept',
      'ip saddr 10.0.0.0/8 ip daddr != 10.1.1.1-10.1.1.5 drop',
      'ip protocol icmp limit rate 5/second accept',
      'ip saddr @seen drop',
      'tcp dport 443 log prefix "a b" accept',
      'meta mark set 0x00000001',
      'jump more',
    ];
    inside('ns-router', 'nft', 'add table inet filter');
    inside('ns-router', 'nft', 'add set inet filter seen { type ipv4_addr ; }');
    inside('ns-router', 'nft', 'add chain inet filter more');
    inside(
      'ns-router',
      'nft',
      'add chain inet filter forward { type filter hook forward priority filter ; policy accept ; }',
    );
    inside('ns-router', 'nft', 'add rule inet filter forward ip protocol icmp counter comment "pings"');
    for (const rule of rules) inside('ns-router', 'nft', `add rule inet filter forward ${rule}`);
    inside('ns-router', 'nft', 'add table ip nat');
    inside('ns-router', 'nft', 'add chain ip nat post { type nat hook postrouting priority srcnat ; }');
    inside('ns-router', 'nft', 'add rule ip nat post oifname "veth-router2" masquerade');
    inside('ns-router', 'nft', 'add rule ip nat post ip protocol tcp snat to 192.168.2.254:1000-2000');
    inside('ns1', 'ping', '-c3', '-i0.2', '192.168.2.1');
    const firewall = await firewallOf('ns-router');
    expect(firewall.problem).toBeNull();
    expect(firewall.tables.map(({ family, name, source }) => `${source} ${family} ${name}`)).toEqual([
      'nft inet filter',
      'nft ip nat',
    ]);
    const forward = firewall.tables[0]?.chains.find(({ name }) => name === 'forward');
    expect(forward).toMatchObject({ hook: 'filter forward, priority 0', policy: 'accept' });
    expect(forward?.rules[0]).toMatchObject({ comment: 'pings', text: 'ip protocol icmp' });
    expect(forward?.rules[0]?.packets).toBeGreaterThanOrEqual(6);
    expect(firewall.tables[0]?.sets).toEqual([{ name: 'seen', kind: 'set', what: 'ipv4_addr', size: 0 }]);
    // Each text is one that nft itself reads back as the same rule: made from ours in another namespace, its JSON is the same.
    inside('ns2', 'nft', 'add table inet filter');
    inside('ns2', 'nft', 'add set inet filter seen { type ipv4_addr ; }');
    inside('ns2', 'nft', 'add chain inet filter more');
    inside('ns2', 'nft', 'add chain inet filter forward');
    for (const rule of forward?.rules.slice(1) ?? []) inside('ns2', 'nft', `add rule inet filter forward ${rule.text}`);
    const expressions = (node: string) =>
      (
        JSON.parse(inside(node, 'nft', '-j', 'list chain inet filter forward')).nftables as {
          rule?: { expr: unknown };
        }[]
      )
        .flatMap(({ rule }) => (rule === undefined ? [] : [rule.expr]))
        .filter((expr) => !JSON.stringify(expr).includes('"counter"'));
    expect(expressions('ns2')).toEqual(expressions('ns-router'));
    expect(rulesOf(firewall)).toContain('oifname veth-router2 masquerade');
    expect(rulesOf(firewall)).toContain('ip protocol tcp snat to 192.168.2.254:1000-2000');
  });

  it('has what iptables made, in the words of iptables, also of the old one', async () => {
    inside(
      'ns1',
      'iptables-nft',
      '-A',
      'INPUT',
      '-p',
      'tcp',
      '--dport',
      '22',
      '-m',
      'conntrack',
      '--ctstate',
      'NEW',
      '-j',
      'ACCEPT',
    );
    const legacy = lab.run(
      'nsenter',
      '--net=/run/netns/ns1',
      'iptables-legacy',
      '-t',
      'nat',
      '-A',
      'POSTROUTING',
      '-j',
      'MASQUERADE',
    );
    const firewall = await firewallOf('ns1');
    expect(firewall.problem).toBeNull();
    expect(rulesOf(firewall)).toContain('-p tcp -m tcp --dport 22 -m conntrack --ctstate NEW -j ACCEPT');
    expect(firewall.tables.filter(({ name }) => name === 'filter').map(({ source }) => source)).toEqual(['iptables']);
    // A kernel may be without the old tables.
    if (legacy.status === 0) {
      expect(firewall.tables.find(({ source }) => source === 'iptables-legacy')?.name).toBe('nat');
      expect(rulesOf(firewall)).toContain('-j MASQUERADE');
    }
  });
});
