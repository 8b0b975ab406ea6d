import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startAgent } from '@vethlab/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleLab, SandboxedLab } from '../testing/sandboxed-lab.js';
import { TestTerminal } from './testing/test-terminal.js';

let lab: SandboxedLab;

beforeAll(async () => {
  lab = await SandboxedLab.open(exampleLab('router'), { VETHLAB_TEST_SECRET: 'not for shells' });
});

afterAll(() => lab.close());

const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

/** Waits for a line that the shell prints, and not for its echo in what was typed. */
const said = 'echo sa""id';

// An ordinary user's agent runs as that user, who can read it anyway.
describe.runIf(process.getuid?.() === 0)('an agent that its user cannot read where it is', () => {
  it('is copied, and has terminals there too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vethlab-unreadable-'));
    try {
      const bundle = join(folder, 'bundle');
      cpSync(fileURLToPath(new URL('../../dist/bundle', import.meta.url)), bundle, { recursive: true });
      chmodSync(folder, 0o700);
      const agent = await startAgent({ bundle: join(bundle, 'agent.mjs') });
      let output = '';
      agent.onMessage((message) => {
        if (message.type === 'terminal-output') output += Buffer.from(message.data, 'base64').toString();
      });
      await agent.request({ type: 'terminal-open', terminal: 't', node: null, cols: 80, rows: 24 });
      await lab.until(() => output.includes('root'), 'the prompt');
      await agent.kill();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('a terminal', () => {
  it('shows a prompt with the name of its node, in colour', async () => {
    const root = await TestTerminal.open(lab, null);
    await root.until(() => root.plain.endsWith('root:~# '), 'the prompt of the root shell');
    const terminal = await TestTerminal.open(lab, 'ns1');
    await terminal.until(() => terminal.plain.endsWith('ns1:~# '), 'the prompt');
    expect(terminal.text).toContain('\u001b[1;36mns1\u001b[0m');
    terminal.close();
    root.close();
  });

  it('runs in the namespace of its node, and the agent stays in its own', async () => {
    const terminal = await TestTerminal.open(lab, 'ns1');
    const inode = lab.inode('ns1');
    expect(inode).toBeGreaterThan(0);
    await terminal.run('readlink /proc/self/ns/net', new RegExp(`net:\\[${inode}\\]`));
    await terminal.run('ip -br addr', /veth-ns1@\S+ +UP +192\.168\.1\.1\/24/);
    const root = await TestTerminal.open(lab, null);
    const text = await root.run(`readlink /proc/self/ns/net; ${said}`, /said/);
    expect(text).not.toContain(String(inode));
    terminal.close();
    root.close();
  });

  it('works as on any machine: names of namespaces, ip netns exec, nsenter by /var/run, sysctl, ping', async () => {
    const root = await TestTerminal.open(lab, null, 150);
    await root.run('ip netns list', /ns-router[\s\S]*ns1/);
    await root.run('ip netns exec ns1 ip a', /192\.168\.1\.1\/24/);
    await root.run('nsenter --net=/var/run/netns/ns1 ping -c 1 -W 2 192.168.2.1', /1 received|1 packets received/);
    await root.run('ip netns exec ns-router sysctl net.ipv4.ip_forward', /ip_forward = 1/);
    await root.run('sysctl -w net.ipv4.conf.all.rp_filter=0', /rp_filter = 0/);
    await root.run('ip netns add typed && ip netns list', /typed/);
    await root.run('ip netns del typed; ip netns list', /ns1/);
    root.close();
  });

  it.each([
    ['iptables', 'iptables -A INPUT -p tcp --dport 9 -j DROP && iptables -S INPUT', /--dport 9 -j DROP/],
    ['nft', 'nft add table inet t && nft list tables', /table inet t/],
    ['tc', 'tc qdisc replace dev veth-ns1 root tbf rate 1mbit burst 10k latency 1s; tc qdisc show dev veth-ns1', /tbf/],
    ['tcpdump', '(sleep 0.3; ping -c 2 -i 0.3 192.168.1.254 >/dev/null) & tcpdump -ni any -c 1 icmp', /ICMP echo/],
  ])('runs %s in a node', async (program, line, expected) => {
    // Checked by the set-up; where a person has not installed it, the shell says so itself.
    expect(has(program)).toBe(true);
    const terminal = await TestTerminal.open(lab, 'ns1', 150);
    await terminal.run(line, expected);
    await terminal.run('tc qdisc del dev veth-ns1 root; iptables -F; nft delete table inet t', /# $/);
    terminal.close();
  });

  it('lets tcpdump write a file, though there is no user here that it could become', async () => {
    const terminal = await TestTerminal.open(lab, 'ns1', 150);
    await terminal.run(
      '(sleep 0.3; ping -c 2 -i 0.3 192.168.1.254 >/dev/null) & tcpdump -ni any -c 1 -w seen.pcap icmp',
      /1 packet captured/,
    );
    await terminal.run('tcpdump -nr seen.pcap; rm seen.pcap', /ICMP echo/);
    terminal.close();
  });

  it('shows the node in a shell that is started by ip netns exec, too', async () => {
    const root = await TestTerminal.open(lab, null);
    await root.run('ip netns exec ns1 bash', /ns1:~# $/);
    await root.run('exit', /root:~# $/);
    root.close();
  });

  it('knows little: no variable and no open file of the server or the agent', async () => {
    const terminal = await TestTerminal.open(lab, null, 150);
    const environment = await terminal.run(`env; ${said}`, /said/);
    expect(environment).not.toContain('VETHLAB_TEST_SECRET');
    expect(environment).not.toMatch(/NODE_|npm_/);
    expect(environment).toMatch(/^HOME=\/run\/vethlab\/home\r$/m);
    expect(environment).toMatch(/^TERM=xterm-256color\r$/m);
    const files = await terminal.run(`ls -l /proc/self/fd; ${said}`, /said/);
    expect(files).not.toMatch(/socket:|pipe:|anon_inode/);
    terminal.close();
  });

  it('leaves no history behind, and a home that can be full without harm', async () => {
    const terminal = await TestTerminal.open(lab, null);
    await terminal.run('dd if=/dev/zero of=~/large bs=1M count=200; rm ~/large', /No space left/);
    await terminal.run('printf "#!/bin/sh\\necho it runs\\n" > t.sh; chmod +x t.sh; ./t.sh; rm t.sh', /it runs/);
    await terminal.run(`exec bash -c 'ls -A ~; ${said}; sleep 0.1'`, /said/);
    await terminal.until(() => terminal.exited !== null, 'the end');
    expect(terminal.plain.slice(-200)).not.toContain('history');
  });

  it('has a prompt and the same limits without bash, too', async () => {
    const terminal = await TestTerminal.open(lab, 'ns1', 150);
    await terminal.run('ENV=/run/vethlab/shrc sh -i', /ns1:\S*home# $/);
    await terminal.run('(ulimit -p || ulimit -u) 2>/dev/null', /^2048\r$/m);
    terminal.close();
  });

  it('follows its size', async () => {
    const terminal = await TestTerminal.open(lab, null, 100, 30);
    await terminal.run('stty size', /30 100/);
    terminal.resize(61, 17);
    await terminal.run('stty size', /17 61/);
    terminal.close();
  });

  it('takes a paste of 2 MB without loss, and says how much of it is taken', async () => {
    const terminal = await TestTerminal.open(lab, null);
    await terminal.run(`stty raw -echo; ${said}; head -c 2000000 | sha256sum; stty sane; ${said}2`, /said\s/);
    const piece = Buffer.alloc(50_000, 'abcdefghij');
    for (let count = 0; count < 40; count += 1) {
      terminal.type(piece);
      // As the server: no more than its window is on its way.
      await terminal.until(() => (count + 1) * piece.length - terminal.takenBytes <= 256 * 1024, 'the paste is taken');
    }
    const hash = createHash('sha256').update(Buffer.alloc(2_000_000, 'abcdefghij')).digest('hex');
    await terminal.until(() => terminal.plain.includes(hash), 'the same bytes');
    terminal.close();
  });

  it('that does not read its input holds up nobody', async () => {
    const deaf = await TestTerminal.open(lab, null);
    await deaf.run(`stty raw -echo; ${said}; sleep 1000`, /said/);
    for (let count = 0; count < 10; count += 1) deaf.type(Buffer.alloc(25_000, 'x'));
    const other = await TestTerminal.open(lab, null);
    await other.run(said, /said/);
    deaf.close();
    other.close();
    await deaf.until(() => deaf.exited !== null, 'its end');
  });
});
