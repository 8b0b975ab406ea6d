import type { Edit } from '@vethlab/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SandboxedLab, topologyOf } from './testing/sandboxed-lab.js';

// What each kind of rule does with packets, as those see it who send and get them.

/** h1 – r – h2, dual stack; everybody knows the way back. 10.2.0.9 is a second address of the router. */
const text = `
vethlab: 1
name: Packets
nodes:
  h1:
    kind: host
    interfaces: { eth0: { addresses: [10.1.0.2/24, "2001:db8:1::2/64"] } }
    routes: [{ to: default, via: 10.1.0.1 }, { to: default, via: "2001:db8:1::1" }]
  r:
    kind: router
    interfaces:
      eth0: { addresses: [10.1.0.1/24, "2001:db8:1::1/64"] }
      eth1: { addresses: [10.2.0.1/24, 10.2.0.9/24, "2001:db8:2::1/64"] }
  h2:
    kind: host
    interfaces: { eth0: { addresses: [10.2.0.2/24, "2001:db8:2::2/64"] } }
    routes: [{ to: default, via: 10.2.0.1 }, { to: default, via: "2001:db8:2::1" }]
links:
  - endpoints: ["h1:eth0", "r:eth0"]
  - endpoints: ["r:eth1", "h2:eth0"]
`;

const port = 9000;
/** For what must not be answered: every such question costs this. */
const silenceS = 1;
/** For what must be answered, however busy the machine. */
const patienceS = 10;

/** Tells everybody who comes the address that it sees them come from. */
const server = `
import socket
s = socket.create_server(("::", ${port}), family=socket.AF_INET6, dualstack_ipv6=True)
while True:
  c, peer = s.accept()
  c.sendall(peer[0].replace("::ffff:", "").encode())
  c.close()
`;

describe('rules, by what they do with packets', () => {
  let lab: SandboxedLab;
  const inside = (node: string, ...command: [string, ...string[]]) =>
    lab.run('nsenter', `--net=/run/netns/${node}`, ...command);

  /** What the server there says, or the name of the error that the client gets. */
  const asks = (node: string, host: string, at = port, timeoutS = patienceS) =>
    inside(
      node,
      'python3',
      '-c',
      `
import socket
try: print(socket.create_connection(("${host}", ${at}), ${timeoutS}).recv(100).decode())
except OSError as error: print(type(error).__name__)
`,
    ).stdout.trim();
  const pings = (node: string, to: string) => inside(node, 'ping', '-c1', `-W${silenceS}`, to).status === 0;

  const apply = async (edit: object) => {
    const report = await lab.edit(edit as Edit);
    expect(report.failures).toEqual([]);
    expect(report.differences).toEqual([]);
  };
  const nat = (changed: object | null) =>
    apply({
      type: 'set-nat',
      node: 'r',
      nat: changed === null ? null : { masquerade: [], source: [], forwards: [], ...changed },
    });
  const open = { policy: 'accept', rules: [] };
  const firewall = (node: string, changed: object | null) =>
    apply({
      type: 'set-firewall',
      node,
      firewall: changed === null ? null : { input: open, forward: open, output: open, ...changed },
    });

  beforeAll(async () => {
    lab = await SandboxedLab.open(topologyOf(text));
    for (const node of ['h1', 'h2']) {
      inside(node, 'sh', '-c', `python3 -c '${server}' >/run/${node}.log 2>&1 &`);
      await lab.until(() => asks(node, '::1') === '::1', `the server of ${node} answers`);
    }
  });
  afterAll(() => lab.close());

  it('a server sees the address that a rule gives the sender: his own, a given one, or that of the interface', async () => {
    const seen = () => [asks('h1', '10.2.0.2'), asks('h1', '2001:db8:2::2')];
    expect(seen()).toEqual(['10.1.0.2', '2001:db8:1::2']);
    await nat({ masquerade: [{ out: 'eth1' }] });
    expect(seen()).toEqual(['10.2.0.1', '2001:db8:2::1']);
    // A given address comes before the one of the interface, for what it is given.
    await nat({ masquerade: [{ out: 'eth1' }], source: [{ out: 'eth1', to: '10.2.0.9' }] });
    expect(seen()).toEqual(['10.2.0.9', '2001:db8:2::1']);
    await nat({ source: [{ out: 'eth1', from: '10.1.0.0/24', to: '10.2.0.9' }] });
    expect(seen()).toEqual(['10.2.0.9', '2001:db8:1::2']);
    await nat({ source: [{ out: 'eth1', from: '10.77.0.0/24', to: '10.2.0.9' }] });
    expect(seen()).toEqual(['10.1.0.2', '2001:db8:1::2']);
    await nat(null);
  });

  it('a port of the router leads to the host behind it, in IPv6', async () => {
    expect(asks('h2', '2001:db8:2::1', 8080)).toBe('ConnectionRefusedError');
    await nat({ forwards: [{ in: 'eth1', protocol: 'tcp', port: 8080, to: '2001:db8:1::2', toPort: port }] });
    expect(asks('h2', '2001:db8:2::1', 8080)).toBe('2001:db8:2::2');
    // Of the other family nothing is forwarded.
    expect(asks('h2', '10.2.0.1', 8080)).toBe('ConnectionRefusedError');
    await nat(null);
  });

  it('a list for output stops what a node sends itself, in order, and by its policy', async () => {
    const seen = () => [pings('h1', '10.1.0.1'), pings('h1', '10.2.0.2'), asks('h1', '10.2.0.2', port, silenceS)];
    expect(seen()).toEqual([true, true, '10.1.0.2']);
    const icmp = { protocol: 'icmp', to: '10.2.0.0/24', action: 'drop' };
    await firewall('h1', { output: { policy: 'accept', rules: [icmp] } });
    expect(seen()).toEqual([true, false, '10.1.0.2']);
    await firewall('h1', { output: { policy: 'accept', rules: [{ protocol: 'icmp', action: 'accept' }, icmp] } });
    expect(seen()).toEqual([true, true, '10.1.0.2']);
    await firewall('h1', { output: { policy: 'drop', rules: [{ to: '10.1.0.1', action: 'accept' }] } });
    expect(seen()).toEqual([true, false, expect.stringMatching(/Error$/)]);
    await firewall('h1', null);
  });

  it.each(['r', 'h2'])('what %s rejects is refused with an answer, and what it drops gets none', async (node) => {
    const chain = node === 'r' ? 'forward' : 'input';
    const seen = (timeoutS: number) => [
      asks('h1', '10.2.0.2', port, timeoutS),
      asks('h1', '2001:db8:2::2', port, timeoutS),
    ];
    const rule = (action: string) =>
      firewall(node, { [chain]: { policy: 'accept', rules: [{ protocol: 'tcp', port, action }] } });
    await rule('reject');
    expect(seen(patienceS)).toEqual(['ConnectionRefusedError', 'ConnectionRefusedError']);
    await rule('drop');
    expect(seen(silenceS)).toEqual(['TimeoutError', 'TimeoutError']);
    await firewall(node, null);
    expect(seen(patienceS)).toEqual(['10.1.0.2', '2001:db8:1::2']);
  });
});
