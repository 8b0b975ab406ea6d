import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { scriptOf } from '@vethlab/planner';
import type { Problem } from '@vethlab/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startConfinedAgent, startSandboxedAgent } from '../agents/agent-starter.js';
import { exampleLab, examples } from '../testing/example-files.js';
import { comparable, expectSameWhenImported, imported } from '../testing/imported.js';
import { Pinging } from '../testing/pinging.js';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({
    startAgent: startSandboxedAgent,
    startConfined: startConfinedAgent,
    // The half minute of the product would only be waited for.
    scriptMaxMs: process.env.VETHLAB_FULL === undefined ? 10_000 : 30_000,
  });
});

afterAll(async () => {
  await server.close();
  await removeFolder(server);
});

const importScript = (script: string) => imported(server, script);

describe('a script that is imported', () => {
  it.each(examples.ofAnyKernel)('exported from %s gives the same lab again', (file) =>
    expectSameWhenImported(server, exampleLab(file)),
  );

  it.each(examples.withWayOut)('exported from %s is led nowhere, and gives the rest of the lab', async (file) => {
    const lab = exampleLab(file);
    const reply = await imported(server, scriptOf(lab));
    expect(reply.failures).toMatchObject([{ command: expect.stringMatching(/^pasta /) }]);
    const nodes = Object.entries(lab.nodes).map(([name, { kind, ...node }]) => {
      return [name, { ...node, kind: kind === 'internet' ? 'router' : kind }];
    });
    expect(comparable(reply.topology)).toEqual(comparable({ ...lab, nodes: Object.fromEntries(nodes) }));
  });

  it('tells each line that failed, with the words of its command, and goes on', async () => {
    const reply = await importScript(
      [
        '#!/bin/sh',
        'ip netns add a',
        'ip netns add a',
        'make() {',
        '  ip link add x netns $1 type veth peer name y netns $2',
        '}',
        'ip netns add b',
        'make a b; make a b',
        'no-such-command 2>/dev/null',
        'ip -n a addr add 10.0.0.1/33 dev x || true',
        'if false; then echo never; fi',
        'echo done',
      ].join('\n'),
    );
    expect(reply.failures.map(({ line, exitCode }) => [line, exitCode])).toEqual([
      [3, 1],
      [5, 2],
      [9, 127],
    ]);
    expect(reply.failures[0]).toMatchObject({
      command: 'ip netns add a',
      message: expect.stringContaining('File exists'),
    });
    expect(reply.failures[1]?.message).toContain('File exists');
    expect(reply.output).toContain('done');
    expect(reply.output).not.toContain('\u001e');
    expect(reply.topology.links.length).toBe(1);
  });

  it('that cannot be read to its end is told at the line where the shell gave up', async () => {
    const reply = await importScript('ip netns add a\nfor x in\n  )\n');
    expect(reply.failures).toMatchObject([{ line: 3, message: expect.stringContaining('syntax error') }]);
    expect(Object.keys(reply.topology.nodes)).toEqual(['a']);
  });

  it('stops where it wants to stop itself, and says which line it was', async () => {
    const reply = await importScript('set -eu\nip netns add a\nip link show nowhere\nip netns add b\n');
    expect(reply.failures).toMatchObject([{ line: 3, message: 'Device "nowhere" does not exist.' }]);
    expect(reply.end).toEqual({ kind: 'exited', exitCode: 1 });
    expect(Object.keys(reply.topology.nodes)).toEqual(['a']);
  });

  it('tells what it made and no lab can hold', async () => {
    const reply = await importScript(
      [
        'ip netns add a',
        'ip -n a link set lo up',
        'ip netns exec a nft add table inet t',
        "ip netns exec a nft 'add chain inet t c { type filter hook input priority 0; }'",
        'ip netns exec a nft add rule inet t c meta mark set 1',
        'ip netns exec a iptables -A OUTPUT -p tcp --dport 25 -j REJECT',
        'nft add table inet t',
        "nft 'add chain inet t c { type filter hook input priority 0; }'",
        'nft add rule inet t c tcp dport 80 accept',
        'ip -n a rule add from 10.1.0.0/16 lookup 77',
        'ip -n a route add blackhole 10.66.0.0/16',
        'ip -n a route add 10.67.0.0/16 dev lo table 77',
        'ip link add veth0 type veth peer name veth1',
        'ip addr add 10.5.0.1/24 dev veth0',
        'ip link set veth0 up',
        'ip route add 10.6.0.0/16 via 10.5.0.2',
        'sysctl -w net.ipv4.ip_forward=1',
        'ip netns exec a sysctl -w net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=1',
        'ip -n a link add veth0 type veth peer name veth1',
        'ip -n a neigh add 10.7.0.9 lladdr 02:00:00:00:00:09 dev veth0',
        'tc -n a qdisc add dev veth0 clsact',
        'tc -n a qdisc add dev veth1 root handle 1: tbf rate 1mbit burst 10kb latency 50ms',
        'tc -n a qdisc add dev veth1 parent 1:1 handle 10: pfifo limit 7',
      ].join('\n'),
    );
    expect(reply.failures).toEqual([]);
    expect(reply.topology.nodes.a?.firewall?.output.rules).toEqual([
      { family: 'ipv4', protocol: 'tcp', port: 25, action: 'reject' },
    ]);
    expect(reply.leftOut.map(({ where, what }) => `${where}: ${what}`).sort()).toEqual([
      'a: the neighbour 10.7.0.9 dev veth0 lladdr 02:00:00:00:00:09',
      'a: the route 10.67.0.0/16 dev lo table 77',
      'a: the route blackhole 10.66.0.0/16',
      'a: the rule from 10.1.0.0/16 lookup 77',
      'a: the sysctl net.ipv4.conf.all.rp_filter = 1',
      'a: the table inet t',
      'a:veth0: the qdisc clsact of veth0, and its filters',
      'a:veth1: the child pfifo of tbf on veth1',
      'the root namespace: a firewall rule',
      'the root namespace: the address 10.5.0.1/24 on veth0',
      'the root namespace: the route 10.6.0.0/16 in table main',
      'the root namespace: the sysctl net.ipv4.ip_forward = 1',
      'veth1 in the root namespace: the veth pair veth1 in the root namespace – veth0 in the root namespace',
    ]);
  });

  it('writes nothing outside of its sandbox', async () => {
    const mark = `/tmp/vethlab-import-mark-${process.pid}`;
    const home = `${process.env.HOME ?? ''}/vethlab-import-mark-${process.pid}`;
    const reply = await importScript(`touch ${mark} && ls ${mark}\ntouch '${home}'\ntouch /usr/vethlab-import-mark\n`);
    expect(reply.output).toContain(mark);
    expect(existsSync(mark)).toBe(false);
    expect(existsSync(home)).toBe(false);
    expect(existsSync('/usr/vethlab-import-mark')).toBe(false);
  });

  it('reads nothing of people, of the server, or of what this machine runs, and cannot undo that', async () => {
    // All of them may be read by anybody: it is not the permissions that keep the script away.
    const secret = `secret-${process.pid}-${Date.now()}`;
    const home = mkdtempSync(`${process.env.HOME === '/' ? '/root' : (process.env.HOME ?? '/root')}/vethlab-test-`);
    const places = [home, server.folder, join(server.folder, 'data'), join(server.folder, 'state')];
    try {
      for (const place of places) {
        chmodSync(place, 0o755);
        writeFileSync(join(place, 'secret'), secret, { mode: 0o644 });
      }
      const files = places.map((place) => `'${join(place, 'secret')}'`).join(' ');
      const look = `cat ${files}; cat /proc/*/cwd/${basename(home)}/secret /proc/*/root${home}/secret; true`;
      const reply = await importScript(
        [
          look,
          ...['/home', '/root', '/tmp', dirname(home), server.folder].map((place) => `umount -l '${place}'`),
          `unshare -m sh -c "umount -a; umount -R /; umount -l /run; umount -l /run; umount -l /proc; ${look}"`,
          'mount -o remount,rw,bind / && touch /usr/vethlab-import-mark',
          look,
          `unshare -rm sh -c "umount -l ${dirname(home)}; cat ${home}/secret"`,
          'ip netns add still-works',
        ].join('\n'),
      );
      expect(reply.output).not.toContain(secret);
      expect(reply.end).toEqual({ kind: 'exited', exitCode: 0 });
      expect(existsSync('/usr/vethlab-import-mark')).toBe(false);
      expect(reply.failures.length).toBeGreaterThan(0);
    } finally {
      rmSync(home, { recursive: true });
      chmodSync(server.folder, 0o700);
    }
  });

  it('is refused without consent', async () => {
    const response = await server.ask('POST', '/labs/import-script', { name: 'x', script: 'true', consent: false });
    expect(response.status).toBe(422);
  });
});

describe('a script that means harm', () => {
  let other: Pinging;

  beforeAll(async () => {
    other = await Pinging.open(server);
  });

  afterAll(() => other.close());

  it('that kills everything it sees ends its own sandbox only; other labs notice nothing', async () => {
    other.start();
    const response = await server.ask('POST', '/labs/import-script', {
      name: 'x',
      script: 'kill -9 -1\n',
      consent: true,
    });
    expect(response.status).toBe(422);
    expect(((await response.json()) as Problem).code).toBe('script.sandbox-lost');
    await other.expectNoGap();
  });

  it('that fills the disk of its sandbox gets an error at its line; other labs notice nothing', async () => {
    other.start();
    const reply = await importScript(
      'ip netns add a\ndd if=/dev/zero of=/tmp/full bs=1M\ndd if=/dev/zero of=/run/full bs=1M\n',
    );
    expect(reply.failures.map(({ line }) => line)).toEqual([2, 3]);
    expect(reply.failures[0]?.message).toContain('No space left');
    expect(Object.keys(reply.topology.nodes)).toEqual(['a']);
    await other.expectNoGap();
  });

  it('that prints without end is cut short, and its lab is still there', async () => {
    const reply = await importScript('ip netns add a\n(yes hello; ) & sleep 2; kill %1\nexit 0');
    expect(reply.outputCut).toBe(true);
    expect(reply.output.length).toBeLessThanOrEqual(256 * 1024);
    expect(Object.keys(reply.topology.nodes)).toEqual(['a']);
  });

  it('that never ends, and multiplies, is ended; other labs notice nothing', async () => {
    other.start();
    const reply = await importScript(
      'ip netns add a\nbomb() { bomb | bomb & }; bomb 2>/dev/null\nwhile :; do sleep 1; done\n',
    );
    expect(reply.end).toMatchObject({ kind: 'timed-out' });
    expect(Object.keys(reply.topology.nodes)).toEqual(['a']);
    await other.expectNoGap();
  });
});
