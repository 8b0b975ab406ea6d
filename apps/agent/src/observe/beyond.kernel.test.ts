import { afterEach, beforeEach, expect, it } from 'vitest';
import { exampleLab, SandboxedLab } from '../testing/sandboxed-lab.js';

/** What the product promises: what is typed in a terminal is seen within a second. */
const promisedMs = 1000;

let lab: SandboxedLab;
beforeEach(async () => {
  lab = await SandboxedLab.open(exampleLab('router'));
});
afterEach(() => lab.close());

const seen = (namespace: string) =>
  (lab.observed.namespaces[namespace]?.beyond ?? []).map(({ kind, text }) => `${kind} ${text}`);
const typed = (namespace: string, ...words: string[]) =>
  expect(lab.run('ip', '-n', namespace, ...words)).toMatchObject({ status: 0, stderr: '' });

it('rules of policy routing and routes of other kinds and tables are seen within a second, and when they go', async () => {
  expect(Object.keys(lab.observed.namespaces).flatMap(seen)).toEqual([]);
  typed('ns-router', 'rule', 'add', 'fwmark', '7', 'lookup', '7');
  await lab.until(() => seen('ns-router').length === 1, 'the rule is seen', promisedMs);
  typed('ns-router', 'route', 'add', '10.9.0.0/16', 'via', '192.168.1.1', 'table', '7');
  typed('ns-router', '-6', 'route', 'add', 'unreachable', '2001:db8::/32');
  typed('ns1', 'route', 'add', 'blackhole', '10.0.0.0/8');
  await lab.until(() => seen('ns-router').length === 3 && seen('ns1').length === 1, 'all are seen', promisedMs);
  expect(seen('ns-router')).toEqual([
    'rule from all fwmark 0x7 lookup 7',
    'route 10.9.0.0/16 via 192.168.1.1 table 7',
    'route IPv6 unreachable 2001:db8::/32',
  ]);
  expect(seen('ns1')).toEqual(['route blackhole 10.0.0.0/8']);
  // It is none of the lab's, and so no difference that an edit or a repair would undo.
  expect(lab.drift).toEqual([]);
  expect((await lab.agent.request({ type: 'repair', items: null })).report).toMatchObject({ steps: 0, failures: [] });
  expect(seen('ns-router')).toHaveLength(3);

  // With its interface the kernel drops a route without a word.
  typed('ns-router', 'link', 'set', 'veth-router1', 'down');
  await lab.until(() => seen('ns-router').length === 2, 'the route has gone with its interface', promisedMs);
  typed('ns-router', 'rule', 'del', 'fwmark', '7');
  typed('ns1', 'route', 'del', 'blackhole', '10.0.0.0/8');
  await lab.until(() => seen('ns-router').length === 1 && seen('ns1').length === 0, 'they are gone', promisedMs);
});

it('a namespace that somebody made has its own', async () => {
  expect(lab.run('sh', '-ec', 'ip netns add web; ip -n web rule add to 10.1.0.0/16 prohibit').status).toBe(0);
  await lab.until(() => seen('web').join() === 'rule from all to 10.1.0.0/16 prohibit', 'the rule is seen', promisedMs);
});
