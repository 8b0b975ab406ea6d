import type { FromAgent } from '@vethlab/protocol';
import { type Edit, emptyTopology, type Topology } from '@vethlab/topology';
import { AgentInbox } from '../agents/agent-inbox.js';
import { LabDocument } from '../labs/lab-document.js';
import { validateInSlices } from '../labs/validate-in-slices.js';
import { readMessage } from '../stream/read-message.js';
import { stringifyInSlices } from '../stream/stringify-in-slices.js';
import { hostsPerIsland, island, together } from './island.js';

/** Islands at which edits are made. Growing: the first rounds are slow and have little to do; and objects of many keys are another kind to the engine. */
const sizes = [1, 2, 6, 15, 30];

/** Edits of each size: the engine compiles what was called some dozens of times. */
const editsPerSize = 12;

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
    for (let count = 0; count < editsPerSize; count += 1) {
      await turn();
      edit(document, `h${count % (size * hostsPerIsland)}`, count);
    }
    await stringifyInSlices(document.topology);
    await hear(topology);
  }
}

/** Once as a message from a browser is taken, with an edit of another kind each time. */
function edit(document: LabDocument, node: string, count: number): void {
  const edits = [
    { type: 'set-interface', node, ifname: 'eth0', mtu: 1400 + count },
    { type: 'add-interface', node },
    { type: 'move-nodes', positions: { [node]: { x: count, y: count } } },
  ];
  const read = readMessage(
    JSON.stringify({
      type: 'edit',
      requestId: `w${count}`,
      baseRevision: document.revision,
      edit: edits[count % edits.length],
    }),
  );
  if (!read.ok || read.message.type !== 'edit') return;
  const attempt = document.attempt(read.message.edit satisfies Edit, read.message.baseRevision);
  if (attempt.type !== 'fits') return;
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

/** Lets everybody else work first. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
