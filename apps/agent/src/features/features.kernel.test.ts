import { type FeatureName, featureNames, type KernelFeature } from '@vethlab/observed';
import { afterEach, describe, expect, it } from 'vitest';
import { SandboxedLab, topologyOf } from '../testing/sandboxed-lab.js';

let lab: SandboxedLab | undefined;
afterEach(() => lab?.close());

const twoHosts = topologyOf(`
vethlab: 1
name: Two hosts
nodes:
  h1: { kind: host, interfaces: { eth0: { addresses: [10.0.0.1/24] } } }
  h2: { kind: host, interfaces: { eth0: { addresses: [10.0.0.2/24] } } }
links: [{ endpoints: ["h1:eth0", "h2:eth0"] }]
`);

/** The same question asked with iproute2 and nft, in a namespace that ends with its command. */
const questions: Readonly<Record<FeatureName, string>> = {
  veth: 'ip link add p0 type veth',
  bridge: 'ip link add name p0 type bridge',
  ipv6: 'test -e /proc/net/if_inet6',
  vrf: 'ip link add p0 type vrf table 9',
  vlan: 'ip link add link lo name p0 type vlan id 9',
  dummy: 'ip link add p0 type dummy',
  bond: 'ip link add p0 type bond',
  gre: 'ip link add p0 type gre remote 10.0.0.9 local 10.0.0.8',
  macvlan: 'ip link add p1 type veth && ip link add link p1 name p0 type macvlan',
  vxlan: 'ip link add p0 type vxlan id 9 dstport 4789',
  netem: 'tc qdisc add dev lo root netem delay 1ms',
  tbf: 'tc qdisc add dev lo root tbf rate 1mbit burst 10kb latency 50ms',
  'vlan-filtering':
    'ip link add name p0 type bridge vlan_filtering 1 && ip -d link show p0 | grep -q "vlan_filtering 1"',
  nft: 'nft add table inet probe',
  // Root gives a way out a device of its own.
  'way-out': `command -v pasta${process.getuid?.() === 0 ? '' : ' && test -r /dev/net/tun -a -w /dev/net/tun'}`,
};

describe('what kernel and machine can do', () => {
  it('is told after the first apply, as iproute2 and nft find it, with what would bring what is missing', async () => {
    lab = await SandboxedLab.open(twoHosts);
    const { features } = await told(lab);
    expect(features.map(({ name }) => name).sort()).toEqual([...featureNames].sort());
    for (const { name, available, reason, remedy } of features) {
      const { status, stderr } = lab.run('unshare', '--net', 'sh', '-c', questions[name]);
      expect([name, available, stderr], `${name}: ${stderr}`).toEqual([name, status === 0, stderr]);
      expect([name, reason === null, remedy === null]).toEqual([name, available, available]);
    }
  });

  it('is asked without leaving anything in the lab', async () => {
    lab = await SandboxedLab.open(twoHosts);
    await told(lab);
    expect(lab.json<{ ifname: string }[]>('ip', '-j', 'link').map(({ ifname }) => ifname)).toEqual(['lo']);
    expect(
      lab
        .json<{ ifname: string }[]>('ip', '-j', '-n', 'h1', 'link')
        .map(({ ifname }) => ifname)
        .sort(),
    ).toEqual(['eth0', 'lo']);
    expect(
      lab
        .json<{ name: string }[]>('ip', '-j', 'netns')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['h1', 'h2']);
  });
});

async function told(of: SandboxedLab): Promise<{ readonly features: readonly KernelFeature[] }> {
  await of.until(() => of.features.length > 0, 'the features are told');
  return of;
}
