import { scriptOf } from '@vethlab/planner';
import type { ImportScriptReply } from '@vethlab/protocol';
import { linkKey, type Topology } from '@vethlab/topology';
import { expect } from 'vitest';
import { read } from './example-files.js';
import type { TestServer } from './test-server.js';

/** What the server makes of a script. */
export function imported(server: TestServer, script: string): Promise<ImportScriptReply> {
  return server.json('POST', '/labs/import-script', { name: 'imported', script, consent: true });
}

/** The exported script of a lab, imported, is that lab. */
export async function expectSameWhenImported(server: TestServer, lab: Topology): Promise<void> {
  const reply = await imported(server, scriptOf(lab));
  expect(reply.failures).toEqual([]);
  expect(reply.leftOut).toEqual([]);
  expect(reply.end).toEqual({ kind: 'exited', exitCode: 0 });
  expect(comparable(reply.topology)).toEqual(comparable(lab));
  expect(comparable(read(reply.file))).toEqual(comparable(lab));
}

/** A lab without what a script cannot say: positions, probes, names; links in any direction and order. */
export function comparable({ nodes, links }: Topology): unknown {
  const plain = Object.entries(nodes).map(([name, { label: _, commands: __, interfaces, ...rest }]) => [
    name,
    { ...rest, interfaces: Object.entries(interfaces).sort() },
  ]);
  return {
    nodes: plain.sort(),
    links: links.map(({ endpoints }) => linkKey({ endpoints: endpoints.toSorted() as never })).sort(),
  };
}
