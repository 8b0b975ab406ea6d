import { starFile } from '@vethlab/topology/testing/star-file';
import { describe, expect, it } from 'vitest';
import { onTestHost, pair } from '../testing/host-case.js';
import { hostAgent } from '../testing/host-lab.js';
import { bundle, topologyOf } from '../testing/sandboxed-lab.js';

const on = onTestHost();

/** Each round costs seconds: some moments are for the long run only. */
const more = <Moment>(...moments: Moment[]): Moment[] => (process.env.VETHLAB_FULL === undefined ? [] : moments);

/** Many rounds, each with processes that start; a loaded machine takes its time. */
const patienceMs = 180_000;

describe('an agent that is killed', () => {
  const star = topologyOf(starFile(24));

  /** How many of the lab's namespaces there are (one more is not ours), and how long after that. */
  const moments = [
    { namespaces: 0, seconds: 0 },
    { namespaces: 1, seconds: 0 },
    { namespaces: 12, seconds: 0 },
    { namespaces: 25, seconds: 0.005 },
    ...more(
      { namespaces: 2, seconds: 0 },
      { namespaces: 25, seconds: 0 },
      { namespaces: 25, seconds: 0.01 },
      { namespaces: 25, seconds: 0.02 },
    ),
  ];

  it(
    'at any moment leaves nothing that down does not remove, and nothing that a new agent does not bring to an end',
    async () => {
      const left: number[] = [];
      for (const [round, { namespaces, seconds }] of moments.entries()) {
        const agent = await hostAgent(on.host, 'star');
        agent.send({ type: 'open', topology: star, revision: 1 });
        await new Promise((sent) => setImmediate(sent));
        on.host.sh(
          `while set -- /run/netns/*; [ $# -le ${namespaces} ]; do :; done; sleep ${seconds}; kill -9 ${agent.ready.pid}`,
        );
        await agent.leave?.();
        left.push(on.host.names().length - 1);
        if (round % 4 === 3) {
          const lab = await on.openLab('star', star);
          expect(lab.report).toMatchObject({ failures: [], differences: [] });
          await lab.agent.leave?.();
        }
        expect(on.host.vethlab('down', '--all')).toMatchObject({ status: 0, stderr: '' });
        expect(on.host.look()).toBe(on.before);
        expect(on.host.sh('ls -A /run/vethlab/owned')).toBe('');
      }
      // Otherwise the test would have killed at the ends only.
      expect(left.some((count) => count > 0)).toBe(true);
    },
    patienceMs,
  );

  it(
    'nor does a down that is killed itself',
    async () => {
      let cutShort = 0;
      for (const seconds of ['0.10', '0.18', '0.26', ...more('0.14', '0.22')]) {
        const lab = await on.openLab('star', star);
        const down = on.host.run('timeout', '--signal=KILL', seconds, process.execPath, bundle, 'down', '--all');
        if (down.stdout === '') cutShort += 1;
        await lab.agent.leave?.();
        expect(on.host.vethlab('down', '--all')).toMatchObject({ status: 0, stderr: '' });
        expect(on.host.look()).toBe(on.before);
        expect(on.host.sh('ls -A /run/vethlab/owned')).toBe('');
      }
      expect(cutShort).toBeGreaterThan(0);
    },
    patienceMs,
  );

  it('is followed by one that finds everything as it was', async () => {
    const lab = await on.openLab('pair', pair);
    const inodes = ['ns1', 'ns2'].map((name) => on.host.inode(name));
    on.host.run('kill', '-9', `${lab.agent.pid}`);
    await lab.agent.leave?.();
    const next = await on.openLab('pair', pair);
    expect(next.report).toMatchObject({ steps: 0, differences: [] });
    expect(['ns1', 'ns2'].map((name) => on.host.inode(name))).toEqual(inodes);
    expect(next.agent.pid).not.toBe(lab.agent.pid);
  });
});
