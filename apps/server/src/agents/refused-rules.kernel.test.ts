import type { LabReply, ObservedReply } from '@vethlab/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';
import { runningLab, typableAgents, typeInto } from '../testing/typed-lab.js';
import { until } from '../testing/until.js';
import type { AgentStarter } from './agent-starter.js';

const { start, agents } = typableAgents();

/** No document says a rule that this kernel refuses, so one is changed on its way: only chains of the type nat know how to masquerade. */
const startRefused: AgentStarter = async (onLog, lab) => {
  const agent = await start(onLog, lab);
  const send = agent.send.bind(agent);
  agent.send = (message) => send(JSON.parse(JSON.stringify(message).replaceAll('"reject"', '"masquerade"')));
  return agent;
};

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ startAgent: startRefused });
});
afterAll(async () => {
  await server.close();
  await removeFolder(server);
});

const file = `vethlab: 1
name: Refused
nodes:
  h: { kind: host, interfaces: { eth0: { addresses: [10.0.0.2/24] } } }
  r:
    kind: router
    interfaces: { eth0: { addresses: [10.0.0.1/24] }, eth9: {} }
    nat: { masquerade: [{ out: eth0 }] }
links: [{ endpoints: ["h:eth0", "r:eth0"] }]
`;

it('a list of rules that the kernel refuses changes nothing, and the report names the rule as the document counts it', async () => {
  const { id } = await runningLab(server, { file });
  const [agent] = agents;
  if (agent === undefined) throw new Error('No lab runs.');
  const rulesInKernel = () => typeInto(agent, 'nsenter --net=/run/netns/r nft list ruleset');
  const before = rulesInKernel();
  expect(before).toContain('oifname "eth0"');

  const rules = [
    // Waits for its interface: it is not in the kernel's list, and counts in the document's.
    { in: 'eth9', action: 'drop' },
    { in: 'eth0', protocol: 'tcp', port: 80, action: 'accept' },
    { in: 'eth0', action: 'reject' },
  ];
  const open = { policy: 'accept', rules: [] };
  const edit = {
    type: 'set-firewall',
    node: 'r',
    firewall: { input: open, forward: { policy: 'drop', rules }, output: open },
  };
  const { revision } = await server.json<LabReply>('GET', `/labs/${id}`);
  await server.json('POST', `/labs/${id}/edits`, { baseRevision: revision, edit });
  const report = await until(async () => {
    const { lastApply } = await server.json<ObservedReply>('GET', `/labs/${id}/observed`);
    return lastApply !== null && lastApply.revision > revision ? lastApply : null;
  }, 'the edit was tried');

  expect(report.failures.map(({ errno, message }) => [errno, message])).toEqual([
    ['EOPNOTSUPP', expect.stringContaining('rule 3 of forward')],
  ]);
  expect(report.differences).not.toEqual([]);
  expect(rulesInKernel()).toBe(before);
});
