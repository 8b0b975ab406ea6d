import { readdirSync } from 'node:fs';
import { scriptOf } from '@vethlab/planner';
import type { Topology } from '@vethlab/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examples, expectApplied, expectNothingLeft } from '../testing/example-labs.js';
import { hostAgent, openHostLab } from '../testing/host-lab.js';
import { nameServerAt } from '../testing/name-server.js';
import { exampleLab, SandboxedLab, topologyOf } from '../testing/sandboxed-lab.js';
import { repository, TestHost } from '../testing/test-host.js';
import { mayOpenTun } from '../testing/tun.js';

/** Listens on the loopback of the test's machine, on the port that the labs open. */
const listen = `
import http.server
class Greet(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"hello from " + self.client_address[0].encode())
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", 9000), Greet).serve_forever()
`;

/** The world: answers every name with its own address (RFC 1035, 4.1), and greets on port 9001. */
const outsideWorld = `${nameServerAt('203.0.113.1')}
import http.server, threading
threading.Thread(target=names, daemon=True).start()
class Greet(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        who = self.client_address[0].replace("::ffff:", "")
        self.send_response(200); self.end_headers(); self.wfile.write(b"hello from " + who.encode())
    def log_message(self, *_): pass
class Server(http.server.ThreadingHTTPServer): address_family = socket.AF_INET6
Server(("::", 9001), Greet).serve_forever()
`;

/** What others run at the same time takes its share. */

const lab: Topology = topologyOf(`
vethlab: 1
name: Outside
nodes:
  h1:
    kind: host
    interfaces: { eth0: { addresses: [10.0.0.1/24] } }
    routes: [{ to: default, via: 10.0.0.254 }]
  inet: { kind: internet, hostPorts: [9000], interfaces: { eth0: { addresses: [10.0.0.254/24] } } }
links:
  - endpoints: ["h1:eth0", "inet:eth0"]
`);

/** Asks for half a minute at most, until there is an answer: the way is there at once, and the world outside may still be starting. */
const visitScript = `
import sys, time, urllib.request
deadline = time.monotonic() + 60
while True:
    try:
        print(urllib.request.urlopen(sys.argv[1], timeout=5).read().decode()); break
    except OSError:
        if time.monotonic() > deadline: raise
        time.sleep(0.2)
`;

const overIpv6Lab = `
vethlab: 1
name: Over IPv6
nodes:
  h1:
    kind: host
    interfaces: { eth0: { addresses: ["fd00:7::1/64"] } }
    routes: [{ to: default, via: "fd00:7::fe" }]
  inet: { kind: internet, interfaces: { eth0: { addresses: ["fd00:7::fe/64"] } } }
links:
  - endpoints: ["h1:eth0", "inet:eth0"]
`;

let host: TestHost;

/** What is answered to a question from a namespace of the test's machine. */
function ask(namespace: string, url: string): string {
  const script = `import urllib.request as r; print(r.urlopen("${url}", timeout=3).read().decode())`;
  return host.run('nsenter', `--net=/run/netns/${namespace}`, 'python3', '-c', script).stdout.trim();
}

async function machineWithWorld(prepare = ''): Promise<void> {
  host = await TestHost.make();
  host.giveOutside();
  host.sh(`
    ip -6 route add default via 2001:db8:99::1
    echo nameserver 203.0.113.1 > /run/resolv.conf && mount --bind /run/resolv.conf /etc/resolv.conf
    ${prepare}`);
  host.start(...host.inWorld, 'python3', '-c', outsideWorld);
  host.start('python3', '-c', listen);
}

/** A firewall of the machine's, which knows nothing of labs. */
const firewall = `
  nft add table inet firewall
  nft 'add chain inet firewall forward { type filter hook forward priority 0; policy drop; }'`;

const byItself = { by: 'its own network', prepare: '', isPasta: false };
const byPasta = { by: 'pasta, beside a firewall', prepare: firewall, isPasta: true };

describe.each(mayOpenTun ? [byItself, byPasta] : [byItself])('a way out, on a machine itself, by $by', (way) => {
  beforeAll(() => machineWithWorld(way.prepare));
  afterAll(() => host.close());

  it('works as in a sandbox, and leaves the machine as it was', async () => {
    const before = host.lookAtRoot();
    const running = await openHostLab(host, 'outside', lab);
    expect(running.report.failures).toEqual([]);
    expect(running.observed.namespaces.inet?.wayOut).toEqual({ subnet: '198.18.0.0/24', hostPorts: [9000] });
    await expect.poll(() => ask('h1', 'http://198.18.0.1:9000/')).toBe('hello from 127.0.0.1');
    expect(host.sh('ip netns exec h1 cat /etc/resolv.conf')).toContain('nameserver 198.18.0.3\n');
    expect(host.run('pgrep', '-f', '[n]s-ifname outside').stdout !== '').toBe(way.isPasta);
    // With pasta nothing of a way out is on the machine itself: neither its rules, its forwarding nor its interfaces.
    if (way.isPasta) expect(host.lookAtRoot()).toBe(before);
    await running.close();
    expect(host.run('pgrep', '-f', '[n]s-ifname outside|[v]ethlab-guard').stdout).toBe('');
    expect(host.lookAtRoot()).toBe(before);
    expect(host.names()).toEqual(['foreign']);
    expect(host.run('ls', '/etc/netns/h1').status).not.toBe(0);
  });

  it.each([
    ['its guard has begun', () => host.run('pgrep', '-f', '[v]ethlab-guard').stdout],
    ['its pair is made', () => host.run('ip', '-n', 'inet', 'link', 'show', 'uplink').stdout],
  ])('that is being opened when the lab is taken down, once %s, leaves nothing', async (_, sign) => {
    const before = host.lookAtRoot();
    const agent = await hostAgent(host, 'leaving');
    agent.send({ type: 'open', topology: lab, revision: 1 });
    await expect.poll(sign).not.toBe('');
    expect(host.vethlab('down', 'leaving')).toMatchObject({ status: 0, stderr: '' });
    expect(host.run('pgrep', '-f', '[v]ethlab-guard|[n]s-ifname outside').stdout).toBe('');
    expect(host.names()).toEqual(['foreign']);
    expect(host.lookAtRoot()).toBe(before);
    expect(host.groups === null ? [] : readdirSync(host.groups)).not.toContain('vethlab');
    await agent.leave?.();
  });

  it('reaches what is outside of the machine, over IPv4 and IPv6, by address and by name, as the machine', async () => {
    const running = await openHostLab(host, 'reaching', lab);
    expect(running.report.failures).toEqual([]);
    await expect.poll(() => ask('inet', 'http://203.0.113.1:9001/')).toBe('hello from 203.0.113.2');
    await expect.poll(() => ask('h1', 'http://203.0.113.1:9001/')).toBe('hello from 203.0.113.2');
    await expect.poll(() => ask('inet', 'http://[2001:db8:99::1]:9001/')).toBe('hello from 2001:db8:99::2');
    const answer = host.run('ip', 'netns', 'exec', 'h1', 'getent', 'ahostsv4', 'www.example.test').stdout;
    expect(answer).toContain('203.0.113.1');
    await running.close();
  });
});

describe.skipIf(!mayOpenTun)('a way out on a machine with a world', () => {
  beforeAll(() => machineWithWorld());
  afterAll(() => host.close());

  it('of a sandbox reaches it as well, from hosts behind the internet node: by name, and over IPv6', async () => {
    const [byName, overIpv6] = ['http://www.example.test:9001/', 'http://[2001:db8:99::1]:9001/'];
    const visit = (node: string, url: string) => ['ip', 'netns', 'exec', node, 'python3', '-c', visitScript, url];
    const example = `${repository}labs/internet.lab.yaml`;
    const named = host.vethlab('run', example, '--', ...visit('laptop', byName));
    expect([named.status, named.stdout], named.stderr).toEqual([0, 'hello from 203.0.113.2\n']);
    host.sh(`cat > /run/six.lab.yaml <<'end'\n${overIpv6Lab}end`);
    const six = host.vethlab('run', '/run/six.lab.yaml', '--', ...visit('h1', overIpv6));
    expect([six.status, six.stdout], six.stderr).toEqual([0, 'hello from 2001:db8:99::2\n']);
  });

  it('is built by the exported script', async () => {
    const script = host.run('sh', '-euc', scriptOf(lab));
    // pasta says that it has no syslog.
    const said = script.stderr.split('\n').filter((line) => !/^(Failed to send .* syslog|)$/.test(line));
    expect([script.status, said]).toEqual([0, []]);
    await expect.poll(() => ask('h1', 'http://198.18.0.1:9000/')).toBe('hello from 127.0.0.1');
    const addresses = host.sh('ip -n inet -br address show uplink');
    expect(addresses).toContain('198.18.0.2/24');
    host.sh("pkill -f '[n]etns /run/netns/inet'; ip netns del h1; ip netns del inet");
  });

  describe.each(examples.withWayOut)('the example lab %s, in both runtimes', (name) => {
    const topology = exampleLab(name);
    const runtimes = {
      sandbox: () => SandboxedLab.open(topology),
      host: () => openHostLab(host, name, topology),
    };
    it.each(['sandbox', 'host'] as const)(
      'applies, answers its probes, and has nothing left to do (%s)',
      async (runtime) => {
        const running = await runtimes[runtime]();
        await expectApplied(running, topology);
        await expectNothingLeft(running);
        expect(running.observed.namespaces.internet?.wayOut).toBeDefined();
        await running.close();
      },
    );

    it('gives the same when its script is typed on a machine', async () => {
      const drawn = await SandboxedLab.open(topology);
      const script = host.run('sh', '-euc', scriptOf(topology));
      expect([script.status, script.stderr]).toEqual([0, expect.not.stringMatching(/error/i)]);
      for (const node of Object.keys(topology.nodes)) {
        for (const look of [
          ['ip', '-br', 'address'],
          ['ip', 'route'],
          ['nft', 'list', 'ruleset'],
        ] as const) {
          const inside = [`--net=/run/netns/${node}`, ...look];
          const comparable = (text: string) =>
            text
              .replaceAll(/@if\d+|fdff:\S+|fe80::\S+|counter packets \d+ bytes \d+/g, '')
              // Typed, pasta is in the node itself, and what is closed is closed there; ours is behind a guard.
              .replaceAll(/table inet vethlab-way-out \{[\s\S]*?\n\}/g, '')
              .replaceAll(/uplink +(UNKNOWN|UP)/g, 'uplink')
              .replaceAll(/ +/g, ' ')
              .split('\n')
              .sort()
              .join('\n');
          // IPv6 outside is there as far as the machine has it. An interface finds out a little later that somebody is at its other end.
          const difference = () => {
            const typed = comparable(host.run('nsenter', ...inside).stdout);
            const made = comparable(drawn.run('nsenter', ...inside).stdout);
            return typed === made ? null : `typed:${typed}\ndrawn:${made}`;
          };
          await expect.poll(difference, { message: `${look.join(' ')} in ${node}` }).toBeNull();
        }
      }
      await drawn.close();
      host.sh("pkill -f '[n]etns /run/netns/internet'");
      for (const node of Object.keys(topology.nodes)) host.sh(`ip netns del ${node}`);
    });
  });
});
