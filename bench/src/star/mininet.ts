import { spawnSync } from 'node:child_process';
import { starAddresses } from './star-lab.js';

/** Debian's Mininet belongs to Debian's Python. */
const python = '/usr/bin/python3';

const timeoutMs = 300_000;

/**
 * The same star with Mininet's Python API, in a mount and network namespace of its own; null when it is not installed or we are
 * not root (Mininet needs root). Milliseconds from the first node to the last command.
 */
export function measureMininet(hosts: number): number | null {
  if (process.getuid?.() !== 0) return null;
  if (spawnSync(python, ['-c', 'import mininet.net']).status !== 0) return null;
  const plan = Array.from({ length: hosts }, (_, index) => starAddresses(index));
  const program = `
import json, sys, time
from mininet.net import Mininet
from mininet.node import Node
plan = json.loads(sys.argv[1])
begin = time.monotonic()
net = Mininet(controller=None, switch=None, autoSetMacs=False)
r = net.addHost('r', cls=Node, ip=None)
for i, a in enumerate(plan):
    h = net.addHost('h%d' % i, ip=None)
    net.addLink(h, r, intfName1='h%d-eth0' % i, intfName2='e%d' % i)
r.cmd('sysctl -w net.ipv4.ip_forward=1')
for i, a in enumerate(plan):
    h = net.get('h%d' % i)
    h.cmd('ip addr add %s/30 dev h%d-eth0; ip link set h%d-eth0 up' % (a['host'], i, i))
    r.cmd('ip addr add %s/30 dev e%d; ip link set e%d up' % (a['router'], i, i))
    h.cmd('ip route add default via %s' % a['router'])
end = time.monotonic()
print(int((end - begin) * 1000))
sys.stdout.flush()
net.stop()
`;
  const result = spawnSync(
    'unshare',
    [
      '--net',
      '--mount',
      '--pid',
      '--fork',
      '--kill-child',
      '--mount-proc',
      python,
      '-c',
      program,
      JSON.stringify(plan),
    ],
    {
      encoding: 'utf8',
      timeout: timeoutMs,
    },
  );
  const ms = Number(result.stdout.trim().split('\n')[0]);
  if (!Number.isFinite(ms) || ms <= 0) throw new Error(`Mininet failed: ${result.stderr.slice(-500)}`);
  return ms;
}
