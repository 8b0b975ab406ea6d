import type { Topology } from '@vethlab/topology';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openHostLab } from '../testing/host-lab.js';
import { topologyOf } from '../testing/sandboxed-lab.js';
import { TestHost } from '../testing/test-host.js';

/** No internet node: a machine without a network, a pasta or a /dev/net/tun publishes ports all the same. */
const lab: Topology = topologyOf(`
vethlab: 1
name: Published
nodes:
  h1: { kind: host, publish: [{ port: 80, at: 9080 }], interfaces: { eth0: { addresses: [10.0.0.1/24] } } }
  h2: { kind: host, interfaces: { eth0: { addresses: [10.0.0.2/24] } } }
links:
  - endpoints: ["h1:eth0", "h2:eth0"]
`);

let host: TestHost;
beforeAll(async () => {
  host = await TestHost.make();
});
afterAll(() => host.close());

/** What the machine itself is told at the port; empty when nobody answers. */
function ask(): string {
  const script = 'import urllib.request as r; print(r.urlopen("http://127.0.0.1:9080/", timeout=3).read().decode())';
  return host.run('python3', '-c', script).stdout.trim();
}

it('a published port works on a machine itself, and leaves it as it was', async () => {
  const before = host.lookAtRoot();
  const running = await openHostLab(host, 'published', lab);
  expect(running.report.failures).toEqual([]);
  expect(ask()).toBe('');
  const server = host.start('nsenter', '--net=/run/netns/h1', 'python3', '-m', 'http.server', '80');
  await expect.poll(ask).toContain('Directory listing');
  // Its own rules, its forwarding and its interfaces: nothing of a published port is there.
  expect(host.lookAtRoot()).toBe(before);
  host.sh("pkill -KILL -f '[h]ttp.server 80'");
  server.kill('SIGKILL');
  await expect.poll(() => host.run('pgrep', '-f', '[h]ttp.server 80').stdout).toBe('');
  await running.close();
  expect(ask()).toBe('');
  expect(host.names()).toEqual(['foreign']);
});
