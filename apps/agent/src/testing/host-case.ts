import type { Edit, Topology } from '@vethlab/topology';
import { afterEach, beforeEach, expect } from 'vitest';
import { openHostLab } from './host-lab.js';
import { type SandboxedLab, topologyOf } from './sandboxed-lab.js';
import { TestHost } from './test-host.js';

/** What each test of the host runtime has: a machine of its own, which must look the same afterwards. */
export interface HostCase {
  readonly host: TestHost;
  /** Everything of somebody else, as it was at the beginning. */
  readonly before: string;
  readonly openLab: (lab: string, topology?: Topology) => Promise<SandboxedLab>;
}

/** Makes a machine for every test of the file; afterwards everything of ours is taken down, and nothing else may have changed. */
export function onTestHost(): HostCase {
  const open: SandboxedLab[] = [];
  let current: { readonly host: TestHost; readonly before: string } | null = null;
  const now = () => {
    if (current === null) throw new Error('There is no test.');
    return current;
  };
  beforeEach(async () => {
    const host = await TestHost.make();
    current = { host, before: host.look() };
  });
  afterEach(async () => {
    const { host, before } = now();
    await Promise.allSettled(open.splice(0).map((lab) => lab.agent.leave?.()));
    const down = host.vethlab('down', '--all', '--force');
    const after = host.look();
    await host.close();
    expect(down).toMatchObject({ status: 0, stderr: '' });
    expect(after).toBe(before);
  });
  return {
    get host() {
      return now().host;
    },
    get before() {
      return now().before;
    },
    openLab: async (lab, topology) => {
      const opened = await openHostLab(now().host, lab, topology);
      open.push(opened);
      return opened;
    },
  };
}

/** Edits as a person's client would send them; names here are plain text, which the schema would brand. */
export const edit = (value: object): Edit => value as Edit;

export const pair = topologyOf(`vethlab: 1
name: Pair
nodes:
  ns1: { kind: host, interfaces: { eth0: { addresses: [10.1.0.1/24] } } }
  ns2: { kind: host, interfaces: { eth0: { addresses: [10.1.0.2/24] } } }
links:
  - endpoints: ["ns1:eth0", "ns2:eth0"]
`);
