import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inNewNamespace, newVeth, RtnetlinkSocket, readSysctl, setLink, writeSysctl } from '@vethlab/netlink';
import { expect, it } from 'vitest';
import { ForwardingJournal } from './forwarding-journal.js';
import { forwardingSwitches, turnedOn } from './forwarding-switches.js';

const conf = '/proc/sys/net/ipv6/conf';

/** How all switches stand that have to do with forwarding. */
function switches(): Record<string, string> {
  const keys = readdirSync(conf).flatMap((name) => [
    `net/ipv4/conf/${name}/forwarding`,
    `net/ipv6/conf/${name}/forwarding`,
    `net/ipv6/conf/${name}/accept_ra`,
  ]);
  return Object.fromEntries(keys.map((key) => [key, readSysctl(null, key)]));
}

// Linux 6.1 has one switch of IPv6 for all interfaces; newer ones are tried by the ways out themselves.
it('where IPv6 has one switch for all, the machine goes on taking its default route from routers, and all is put back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vethlab-forwarding-'));
  const journal = new ForwardingJournal(join(folder, 'journal'));
  inNewNamespace(() => {
    const socket = RtnetlinkSocket.open();
    const pairs = [
      ['eth0', 'eth1'],
      ['ours', 'theirs'],
    ] as const;
    for (const [a, b] of pairs) {
      socket.batchSync([newVeth({ a: { ifname: a }, b: { ifname: b } }), setLink({ ifname: a, up: true })]);
    }
    expect(existsSync(`${conf}/ours/force_forwarding`)).toBe(false);
    // Somebody has one interface forward already.
    writeSysctl(null, 'net/ipv6/conf/eth1/forwarding', '1');
    const before = switches();
    const held = { ways: ['ours'], ipv4: ['eth0'], ipv6: { allBut: ['eth1'] } };
    for (const time of ['first', 'second']) {
      const { own, machine } = forwardingSwitches('ours', ['eth0'], { ipv6: true });
      journal.note(machine);
      // What lets too much through is held back before it is turned on.
      if (time === 'first') expect(turnedOn(journal, ['ours'])).toEqual(held);
      expect(time === 'first' ? switches() : before).toEqual(before);
      journal.turn([...own, ...machine]);
    }
    expect(switches()).toMatchObject({
      'net/ipv4/conf/ours/forwarding': '1',
      'net/ipv4/conf/eth0/forwarding': '1',
      'net/ipv4/conf/eth1/forwarding': before['net/ipv4/conf/eth1/forwarding'],
      'net/ipv6/conf/all/forwarding': '1',
      'net/ipv6/conf/eth0/forwarding': '1',
      'net/ipv6/conf/eth0/accept_ra': '2',
      'net/ipv6/conf/eth1/accept_ra': before['net/ipv6/conf/eth1/accept_ra'],
    });
    expect(turnedOn(journal, ['ours'])).toEqual(held);
    journal.restore();
    // Our own interface goes with its way out.
    expect(switches()).toEqual({ ...before, 'net/ipv4/conf/ours/forwarding': '1' });
    socket.close();
  });
  expect(readdirSync(join(folder, 'journal'))).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
});
