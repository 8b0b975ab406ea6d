import type { FromAgent } from '@vethlab/protocol';
import { emptyTopology, type Topology } from '@vethlab/topology';
import { AgentInbox } from '../agents/agent-inbox.js';
import { LabDocument } from '../labs/lab-document.js';
import { readMessage } from '../stream/read-message.js';
import { stringifyInSlices } from '../turns/stringify-in-slices.js';
import { turn } from '../turns/turn.js';
import { validateInSlices } from '../turns/validate-in-slices.js';
import { hostsPerIsland, island, together } from './island.js';

/** Islands at which edits are made. Growing: the first rounds are slow and have little to do; and objects of many keys are another kind to the engine. */
const sizes = [1, 2, 6, 15, 30];

/** Times that each kind of edit is made at each size: the engine compiles what was called some dozens of times. */
const roundsPerSize = 4;

/**
 * Does the work of edits on documents of its own, so that the engine has compiled it when the first person edits a large
 * lab: an edit of 1,000 nodes takes 5 ms then, and took 20 to 60 before. Never holds the event loop for long.
 */
export async function warmUp(): Promise<void> {
  let topology = emptyTopology('Warm-up');
  let islands = 0;
  for (const size of sizes) {
    for (; islands < size; islands += 1) {
      await turn();
      topology = together(topology, island(islands));
    }
    await validateInSlices(topology);
    const document = new LabDocument(topology, 1);
    for (let round = 0; round < roundsPerSize; round += 1) {
      for (const made of editsAt(`h${round % (size * hostsPerIsland)}`, round)) {
        await turn();
        edit(document, made);
      }
    }
    await stringifyInSlices(document.topology);
    await hear(topology);
  }
}

/** One of each kind that people make all the time; the last ones take back what the first ones made. */
function editsAt(node: string, round: number): readonly object[] {
  const link = `${node}:w0--warm:eth0`;
  return [
    { type: 'set-interface', node, ifname: 'eth0', mtu: 1400 + round },
    { type: 'move-nodes', positions: { [node]: { x: round, y: round } } },
    { type: 'add-node', kind: 'host', name: 'warm', position: { x: 0, y: 0 } },
    { type: 'connect', from: { node, ifname: 'w0' }, to: { node: 'warm' } },
    { type: 'set-addresses', node: 'warm', ifname: 'eth0', addresses: ['10.255.255.1/24'] },
    { type: 'set-link', link, up: false },
    { type: 'disconnect', link, removeInterfaces: true },
    { type: 'rename-node', node: 'warm', to: 'warmer' },
    { type: 'remove-nodes', nodes: ['warmer'] },
  ];
}

/** As a message from a browser is taken. */
function edit(document: LabDocument, made: object): void {
  const text = JSON.stringify({ type: 'edit', requestId: 'warm-up', baseRevision: document.revision, edit: made });
  const read = readMessage(text);
  if (!read.ok || read.message.type !== 'edit') throw new Error(`The warm-up is not understood: ${text}`);
  const attempt = document.attempt(read.message.edit, read.message.baseRevision);
  if (attempt.type !== 'fits') throw new Error(`The warm-up does not fit: ${text}`);
  document.commit(attempt.result.topology, attempt.result.diff);
  JSON.stringify({ diff: attempt.result.diff, diagnostics: document.diagnostics });
}

/** What an agent would say of such a lab. */
async function hear(topology: Topology): Promise<void> {
  const heard: FromAgent[] = [];
  const inbox = new AgentInbox({
    take: (message) => heard.push(message),
    // Nothing else than what is said here: there is nobody to tell.
    notUnderstood: (type) => {
      throw new Error(`The warm-up speaks a ${type} that is not understood.`);
    },
  });
  const names = Object.keys(topology.nodes);
  inbox.add({ type: 'observed', delta: { namespaces: Object.fromEntries(names.map((name) => [name, seen(name)])) } });
  while (heard.length === 0) await turn();
}

function seen(name: string) {
  return {
    inode: 1,
    forwarding: { ipv4: false, ipv6: false },
    interfaces: {
      eth0: {
        ifname: 'eth0',
        ifindex: 2,
        type: 'veth',
        up: true,
        carrier: true,
        operstate: 'up' as const,
        mtu: 1500,
        mac: '02:00:00:00:00:01',
        master: null,
        portState: null,
        peer: { namespace: name, ifname: 'eth0' },
        addresses: [
          { address: '10.0.0.1/24', scope: 'global' as const, kernelMade: false, tentative: false, dadFailed: false },
        ],
      },
    },
    routes: [
      { family: 4 as const, to: 'default', via: '10.0.0.254', dev: 'eth0', metric: 0, protocol: 3, linkDown: false },
    ],
  };
}
