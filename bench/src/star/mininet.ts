import { spawnSync } from 'node:child_process';
import { starAddresses } from './star-lab.js';

/** Debian's Mininet belongs to Debian's Python. */
const python = '/usr/bin/python3';

const timeoutMs = 300_000;

/**
 * The same star with Mininet's Python API, written as its own examples are (examples/linuxrouter.py), in a mount and network namespace of its own; null when it is not installed or we are
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
from mininet.topo import Topo

class Router(Node):
    def config(self, **params):
        super().config(**params)
        self.cmd('sysctl net.ipv4.ip_forward=1')

class Star(Topo):
    def build(self, plan):
        r = self.addNode('r', cls=Router, ip=None)
        for i, a in enumerate(plan):
            h = self.addHost('h%d' % i, ip=a['host'] + '/30', defaultRoute='via ' + a['router'])
            self.addLink(h, r, intfName2='e%d' % i, params2={'ip': a['router'] + '/30'})

begin = time.monotonic()
net = Mininet(topo=Star(plan=json.loads(sys.argv[1])), controller=None)
net.start()
end = time.monotonic()
answers = net['h0'].cmd('ping -c1 -W2 %s' % json.loads(sys.argv[1])[-1]['host'])
print(int((end - begin) * 1000) if ' 0% packet loss' in answers else 'no answer: ' + answers)
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
