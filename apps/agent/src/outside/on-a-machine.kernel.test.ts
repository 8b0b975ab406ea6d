import { scriptOf } from '@vethlab/planner';
import type { Topology } from '@vethlab/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examples, expectApplied, expectNothingLeft } from '../testing/example-labs.js';
import { openHostLab } from '../testing/host-lab.js';
import { exampleLab, SandboxedLab, topologyOf } from '../testing/sandboxed-lab.js';
import { TestHost } from '../testing/test-host.js';

/** Listens on the loopback of the test's machine, on the port that the labs open. */
const listen = `
import http.server
class Greet(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"hello from " + self.client_address[0].encode())
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", 9000), Greet).serve_forever()
`;

const lab: Topology = topologyOf(`
vethlab: 1
name: Outside
nodes:
  h1:
    kind: host
    publish: [{ port: 80, at: 9080 }]
    interfaces: { eth0: { addresses: [10.0.0.1/24] } }
    routes: [{ to: default, via: 10.0.0.254 }]
  inet: { kind: internet, hostPorts: [9000], interfaces: { eth0: { addresses: [10.0.0.254/24] } } }
links:
  - endpoints: ["h1:eth0", "inet:eth0"]
`);

let host: TestHost;

beforeAll(async () => {
  host = await TestHost.make();
  await host.giveOutside();
  host.start('python3', '-c', listen);
});
afterAll(() => host.close());

/** What is answered to a question from a namespace of the test's machine, or (null) from the machine itself. */
function ask(namespace: string | null, url: string): string {
  const script = `import urllib.request as r; print(r.urlopen("${url}", timeout=3).read().decode())`;
  const inside = namespace === null ? [] : ['nsenter', `--net=/run/netns/${namespace}`];
  const [file = 'python3', ...args] = [...inside, 'python3', '-c', script];
  return host.run(file, ...args).stdout.trim();
}

describe('a way out and published ports, on a machine itself', () => {
  it('work as in a sandbox, and leave the machine as it was', async () => {
    const before = host.lookAtRoot();
    const running = await openHostLab(host, 'outside', lab);
    expect(running.report.failures).toEqual([]);
    expect(running.observed.namespaces.inet?.wayOut).toEqual({ subnet: '198.18.0.0/24', hostPorts: [9000] });
    await expect.poll(() => ask('h1', 'http://198.18.0.1:9000/')).toBe('hello from 127.0.0.1');
    expect(host.sh('ip netns exec h1 cat /etc/resolv.conf')).toBe('nameserver 198.18.0.3\n');
    host.start('nsenter', '--net=/run/netns/h1', 'python3', '-m', 'http.server', '80');
    await expect.poll(() => ask(null, 'http://127.0.0.1:9080/')).toContain('Directory listing');
    // Its own rules, its forwarding and its interfaces: nothing of a way out is there.
    expect(host.lookAtRoot()).toBe(before);
    host.sh("pkill -f '[h]ttp.server 80'");
    await running.close();
    expect(host.run('pgrep', '-f', '[n]etns /run/netns/inet').stdout).toBe('');
    expect(host.names()).toEqual(['foreign']);
  });

  it('are built by the exported script', async () => {
    const script = host.run('sh', '-euc', scriptOf(lab));
    // pasta says that this machine has no IPv6, and that it has no syslog.
    const said = script.stderr
      .split('\n')
      .filter((line) => !/^(Failed to send .* syslog|No external .* IPv6|)$/.test(line));
    expect([script.status, said]).toEqual([0, []]);
    await expect.poll(() => ask('h1', 'http://198.18.0.1:9000/')).toBe('hello from 127.0.0.1');
    const addresses = host.sh('ip -n inet -br address show uplink');
    expect(addresses).toContain('198.18.0.2/24');
    host.sh("pkill -f '[n]etns /run/netns/inet'; ip netns del h1; ip netns del inet");
  });
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
            .replaceAll(/ +/g, ' ')
            .split('\n')
            .sort()
            .join('\n');
        const drawnThere = comparable(drawn.run('nsenter', ...inside).stdout);
        // IPv6 outside is there as far as the machine has it. An interface finds out a little later that somebody is at its other end.
        await expect
          .poll(() => comparable(host.run('nsenter', ...inside).stdout), { message: `${look.join(' ')} in ${node}` })
          .toBe(drawnThere);
      }
    }
    await drawn.close();
    host.sh("pkill -f '[n]etns /run/netns/internet'");
    for (const node of Object.keys(topology.nodes)) host.sh(`ip netns del ${node}`);
  });
});
