import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { parseLabFile } from '@vethlab/topology';
import { expect, it } from 'vitest';
import { findTools } from '../machine/tools.js';
import { holdTheNode } from './guard-scripts.js';
import { pastaCommand } from './way-out-commands.js';

const { topology } = parseLabFile('vethlab: 1\nname: Lab\nnodes:\n  inet: { kind: internet, subnet: 198.18.7.0/24 }\n');

it.each([
  ['its parent starts it', process.pid, '--foreground --quiet'],
  ['its parent had ended before it could ask for the signal', 1_000_000_000, ''],
])('a way out, when %s', async (_what, parent, says) => {
  const { paths: tools } = await findTools();
  const subnet = topology?.nodes.inet?.subnet;
  if (subnet === undefined) throw new Error('The lab has a subnet.');
  const [command, ...args] = pastaCommand(
    {
      // Stands for pasta, and tells what it is told.
      pasta: 'echo',
      tools,
      identity: null,
      agent: { node: 'node', bundle: 'agent.mjs' },
      parent,
      wish: { namespace: 'inet' as never, subnet, hostPorts: [] },
      place: { network: '/x', user: { path: '/y', inode: 1 } },
      connection: null,
    },
    1,
  );
  const { stdout } = spawnSync(command, args, { encoding: 'utf8' });
  expect(stdout.slice(0, 20)).toBe(says);
});

it.each([
  ['the user namespace that was noted', `${statSync('/proc/self/ns/user').ino}`, 0, 'entered\n', ''],
  ['another one', '1', 1, '', 'This is not the user namespace around the lab.\n'],
  ['that of the machine, on the host', '-', 0, 'entered\n', ''],
])('a guard is made in %s, or not at all', (_what, inode, status, stdout, stderr) => {
  const words = ['-c', holdTheNode, 'way-out', inode, '/proc/self/ns/net', 'echo', 'entered'];
  expect(spawnSync('sh', words, { encoding: 'utf8' })).toMatchObject({ status, stdout, stderr });
});
