import { describe, expect, it } from 'vitest';
import { inSandbox } from './testing/sandbox.js';

// What the other tests of this lane count on. A kernel without one of these must fail here, by name, and not somewhere in the middle.

/** The words after `ip link add NAME`, by the name that `ip -d link` gives the kind. */
const kinds: Record<string, string> = {
  vrf: 'type vrf table 10',
  vlan: 'link below type vlan id 7',
  dummy: 'type dummy',
  bond: 'type bond mode active-backup',
  gre: 'type gre local 10.0.0.1 remote 10.0.0.2',
  gretap: 'type gretap local 10.0.0.1 remote 10.0.0.3',
  ip6gre: 'type ip6gre local fd00::1 remote fd00::2',
  vxlan: 'type vxlan id 9 remote 10.0.0.2 dstport 4789',
  macvlan: 'link below type macvlan mode bridge',
  ifb: 'type ifb',
  bridge: 'type bridge',
  veth: 'type veth',
};

/** The words after `tc qdisc add dev NAME root`, by the name that `tc` gives the queueing discipline. */
const qdiscs: Record<string, string> = {
  netem: 'netem delay 20ms loss 1%',
  tbf: 'tbf rate 1mbit burst 10kb latency 50ms',
  htb: 'htb',
};

describe('the full kernel', () => {
  it('makes every kind of interface and queueing discipline that a lab can ask for', async () => {
    const made = await inSandbox(
      ({ run, ip, input }) => {
        /** What was made, or the refusal in iproute2's words. */
        const attempt = (make: () => string) => {
          try {
            return make();
          } catch (error) {
            return (error as { stderr: string }).stderr;
          }
        };
        run('ip', 'link', 'add', 'below', 'type', 'veth', 'peer', 'name', 'beside');
        run('ip', 'link', 'set', 'below', 'up');
        const interfaces = input.kinds.map((words) =>
          attempt(() => {
            run('ip', 'link', 'add', 'made', ...words.split(' '));
            run('ip', 'link', 'set', 'made', 'up');
            const { info_kind } = ip('-d', 'link', 'show', 'made')[0].linkinfo;
            run('ip', 'link', 'delete', 'made');
            return info_kind;
          }),
        );
        const queueing = input.qdiscs.map((words) =>
          attempt(() => {
            run('tc', 'qdisc', 'replace', 'dev', 'below', 'root', ...words.split(' '));
            return JSON.parse(run('tc', '-j', 'qdisc', 'show', 'dev', 'below', 'root'))[0].kind;
          }),
        );
        return { interfaces, queueing };
      },
      { input: { kinds: Object.values(kinds), qdiscs: Object.values(qdiscs) } },
    );
    expect(made).toEqual({ interfaces: Object.keys(kinds), queueing: Object.keys(qdiscs) });
  });

  it('carries a ping through a VRF, a VLAN and 20 ms of delay', async () => {
    const times = await inSandbox(({ run }) => {
      run('ip', 'netns', 'add', 'far');
      run('ip', 'link', 'add', 'near0', 'type', 'veth', 'peer', 'name', 'far0', 'netns', 'far');
      run('ip', 'link', 'add', 'near0.7', 'link', 'near0', 'type', 'vlan', 'id', '7');
      run('ip', 'link', 'add', 'red', 'type', 'vrf', 'table', '10');
      run('ip', 'link', 'set', 'near0.7', 'master', 'red');
      run('ip', '-n', 'far', 'link', 'add', 'far0.7', 'link', 'far0', 'type', 'vlan', 'id', '7');
      for (const name of ['near0', 'near0.7', 'red']) run('ip', 'link', 'set', name, 'up');
      for (const name of ['far0', 'far0.7']) run('ip', '-n', 'far', 'link', 'set', name, 'up');
      run('ip', 'address', 'add', '10.7.0.1/24', 'dev', 'near0.7');
      run('ip', '-n', 'far', 'address', 'add', '10.7.0.2/24', 'dev', 'far0.7');
      run('tc', 'qdisc', 'add', 'dev', 'near0', 'root', 'netem', 'delay', '20ms');
      const told = run('ping', '-I', 'red', '-c', '3', '-i', '0.2', '-W', '5', '10.7.0.2');
      return [...told.matchAll(/time=([\d.]+) ms/g)].map(([, time]) => Number(time));
    });
    expect(times).toHaveLength(3);
    for (const time of times) expect(time).toBeGreaterThanOrEqual(20);
  });
});
