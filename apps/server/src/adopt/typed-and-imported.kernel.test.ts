import type { Observed } from '@vethlab/observed';
import { scriptOf } from '@vethlab/planner';
import type { LabReply, ObservedReply } from '@vethlab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConfinedAgent } from '../agents/agent-starter.js';
import { imported } from '../testing/imported.js';
import { sameKernel } from '../testing/same-kernel.js';
import { TestClient } from '../testing/test-client.js';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';
import { runningLab, typableAgents, typeInto } from '../testing/typed-lab.js';
import { until } from '../testing/until.js';

/** Two namespaces with a router between them, as a tutorial has it. */
const tutorial = [
  'ip netns add ns1; ip netns add ns2; ip netns add ns-router',
  'ip link add veth-ns1 type veth peer name veth-router1',
  'ip link add veth-ns2 type veth peer name veth-router2',
  'ip link set veth-ns1 netns ns1; ip link set veth-router1 netns ns-router',
  'ip link set veth-ns2 netns ns2; ip link set veth-router2 netns ns-router',
  'ip -n ns1 addr add 192.168.1.1/24 dev veth-ns1; ip -n ns-router addr add 192.168.1.254/24 dev veth-router1',
  'ip -n ns2 addr add 192.168.2.1/24 dev veth-ns2; ip -n ns-router addr add 192.168.2.254/24 dev veth-router2',
  'ip -n ns1 link set veth-ns1 up; ip -n ns-router link set veth-router1 up',
  'ip -n ns2 link set veth-ns2 up; ip -n ns-router link set veth-router2 up',
  'ip netns exec ns-router sysctl -qw net.ipv4.ip_forward=1',
  'ip -n ns1 route add default via 192.168.1.254; ip -n ns2 route add default via 192.168.2.254',
];
const ping = 'ip netns exec ns1 ping -c1 -W2 192.168.2.1';

const { start, agents } = typableAgents();
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ startAgent: start, startConfined: startConfinedAgent });
});

afterAll(async () => {
  await server.close();
  await removeFolder(server);
});

function type(...lines: readonly string[]): string {
  const agent = agents.at(-1);
  if (agent === undefined) throw new Error('No lab runs.');
  return typeInto(agent, ...lines);
}

const observed = async (id: string): Promise<Observed> =>
  (await server.json<ObservedReply>('GET', `/labs/${id}/observed`)).observed;

/** Waits until a lab's kernel is like that, and tells the difference when it does not become so. */
async function becomes(id: string, wanted: unknown): Promise<void> {
  const text = JSON.stringify(wanted);
  await until(async () => JSON.stringify(sameKernel(await observed(id))) === text, 'the same kernel').catch(async () =>
    expect(sameKernel(await observed(id))).toEqual(wanted),
  );
}

describe('what was typed', () => {
  it('is drawn by following; its script, imported, makes a lab that is the same in the kernel', async () => {
    const { id } = await runningLab(server, { name: 'typed' });
    const client = await TestClient.open(server, id);
    await client.ask({ type: 'set-follow', follow: true });
    type(...tutorial);
    await until(
      () => client.topology?.nodes.ns2?.routes.length === 1 && client.topology.links.length === 2,
      'all of it is drawn',
    );
    expect(type(ping)).toContain('1 received');
    const { topology } = await server.json<LabReply>('GET', `/labs/${id}`);
    const typed = sameKernel(await observed(id));

    const reply = await imported(server, scriptOf(topology));
    expect(reply).toMatchObject({ failures: [], leftOut: [] });
    const copy = await runningLab(server, { file: reply.file });
    await becomes(copy.id, typed);
    expect(type(ping)).toContain('1 received');
    client.close();
  });

  it('by hand into a script, imported and exported again, makes the same as typed', async () => {
    const reply = await imported(server, tutorial.join('\n'));
    expect(reply).toMatchObject({ failures: [], leftOut: [] });
    const exported = await runningLab(server, { name: 'exported' });
    type(scriptOf(reply.topology));
    const { id } = await runningLab(server, { name: 'typed by hand' });
    type(...tutorial);
    await until(async () => (await observed(id)).namespaces.ns2?.routes.length === 1, 'all of it is seen');
    await becomes(exported.id, sameKernel(await observed(id)));
  });
});
