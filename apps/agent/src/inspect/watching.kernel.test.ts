import type { LiveNews, LiveSection } from '@vethlab/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exampleLab, SandboxedLab } from '../testing/sandboxed-lab.js';

/** What the product promises: a change typed in a terminal is seen within a second. */
const promisedMs = 1000;

let lab: SandboxedLab;
let news: LiveNews[] = [];

beforeAll(async () => {
  lab = await SandboxedLab.open(exampleLab('two-hosts'));
  lab.agent.onMessage((message) => {
    if (message.type === 'live') news.push(message);
  });
});
afterEach(() => lookAway());
afterAll(async () => {
  await lab.close();
});
beforeEach(() => {
  news = [];
});

const nodes = () => Object.keys(lab.topology.nodes);
const look = (node: string, ...sections: LiveSection[]) =>
  lab.agent.send({ type: 'inspect', wishes: [{ node, sections }] });
const lookAway = () => lab.agent.send({ type: 'inspect', wishes: [] });
const sectionsOf = (one: LiveNews | undefined) => Object.keys(one?.pieces ?? {});

/** Long enough for three readings. Nothing can be waited for where nothing is to come. */
async function threeReadings(): Promise<void> {
  const from = performance.now();
  await lab.until(() => performance.now() - from > 3000, 'three seconds', 10_000);
}

describe('a namespace that is looked at', () => {
  it('is told whole at first, and then only what changed, by section', async () => {
    const [node = ''] = nodes();
    look(node, 'addresses', 'routes', 'rules', 'sysctls');
    await lab.until(() => news.length > 0, 'the first reading', promisedMs);
    expect(sectionsOf(news[0]).sort()).toEqual(['addresses', 'routes', 'rules', 'sysctls']);
    // Link-local addresses of a new lab settle in their own time.
    await threeReadings();
    news = [];
    await threeReadings();
    expect(news).toEqual([]);
    lab.run('ip', '-n', node, 'rule', 'add', 'from', '10.0.0.0/8', 'lookup', '5', 'pref', '50');
    await lab.until(() => news.length > 0, 'the rule', promisedMs);
    expect(sectionsOf(news[0])).toEqual(['rules']);
    lab.run('ip', 'netns', 'exec', node, 'sysctl', '-qw', 'net.ipv4.conf.all.arp_announce=1');
    await lab.until(() => news.length > 1, 'the sysctl', promisedMs);
    expect(sectionsOf(news[1])).toEqual(['sysctls']);
  });

  it('is told the first rule that somebody makes, its counter, and that there is none any more', async () => {
    const [node = ''] = nodes();
    const tables = () => news.at(-1)?.pieces.firewall?.tables;
    const nft = (...words: string[]) =>
      expect(lab.run('nsenter', `--net=/run/netns/${node}`, 'nft', ...words)).toMatchObject({ status: 0, stderr: '' });
    look(node, 'firewall');
    await lab.until(() => tables()?.length === 0, 'no rules');
    nft('add table ip typed; add chain ip typed c { type filter hook output priority 0; }');
    nft('add rule ip typed c icmp type echo-request counter accept');
    await lab.until(() => tables()?.[0]?.chains[0]?.rules.length === 1, 'the rule');
    lab.run('nsenter', `--net=/run/netns/${node}`, 'ping', '-c1', '-W1', '192.168.1.2');
    await lab.until(() => (tables()?.[0]?.chains[0]?.rules[0]?.packets ?? 0) > 0, 'its counter');
    nft('delete table ip typed');
    await lab.until(() => tables()?.length === 0, 'no rules again');
    // Closed and opened again it is told again, though nothing has changed.
    look(node, 'rules');
    news = [];
    look(node, 'rules', 'firewall');
    await lab.until(() => tables()?.length === 0, 'no rules, once more');
  });

  it('is told again whole by sections that were closed and opened again', async () => {
    const [node = ''] = nodes();
    look(node, 'routes', 'rules');
    await lab.until(() => news.length === 1, 'the first reading', promisedMs);
    look(node, 'routes');
    look(node, 'routes', 'rules');
    await lab.until(() => news.length === 2, 'the section', promisedMs);
    expect(sectionsOf(news[1])).toEqual(['rules']);
  });

  it('is not read any more once nobody looks', async () => {
    const [node = ''] = nodes();
    look(node, 'addresses');
    await lab.until(() => news.length === 1, 'the first reading', promisedMs);
    lookAway();
    lab.run('ip', '-n', node, 'address', 'add', '10.3.3.3/32', 'dev', 'lo');
    await threeReadings();
    expect(news).toHaveLength(1);
  });

  it('says when it is gone, and everything again when another one has its name', async () => {
    lab.run('ip', 'netns', 'add', 'passing');
    await lab.until(() => Object.hasOwn(lab.observed.namespaces, 'passing'), 'the namespace is seen');
    look('passing', 'rules');
    await lab.until(() => news.length === 1, 'the first reading', promisedMs);
    lab.run('ip', 'netns', 'del', 'passing');
    await lab.until(() => news.at(-1)?.present === false, 'its end', 2 * promisedMs);
    lab.run('ip', 'netns', 'add', 'passing');
    await lab.until(() => news.at(-1)?.present === true, 'its return', 2 * promisedMs);
    expect(sectionsOf(news.at(-1))).toEqual(['rules']);
  });

  it('has rates once there are two readings', async () => {
    const [node = '', other = ''] = nodes();
    look(node, 'counters');
    await lab.until(() => news.length > 0, 'the first reading', promisedMs);
    expect(news[0]?.pieces.counters?.rows[0]?.rxBitsPerSecond).toBeNull();
    const address = Object.values(lab.observed.namespaces[other]?.interfaces ?? {})
      .flatMap((one) => one.addresses)
      .find(({ scope, address: text }) => scope === 'global' && text.includes('.'));
    lab.run('ip', 'netns', 'exec', node, 'ping', '-c10', '-i0.1', '-W2', address?.address.split('/')[0] ?? '');
    await lab.until(
      () => news.some(({ pieces }) => pieces.counters?.rows.some((row) => (row.rxPacketsPerSecond ?? 0) > 0) === true),
      'a rate',
      3 * promisedMs,
    );
  });
});
