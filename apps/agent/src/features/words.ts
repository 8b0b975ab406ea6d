import type { FeatureName, Lack } from '@vethlab/observed';

/** What the kernel itself has or lacks. */
export type OfKernel = Exclude<FeatureName, 'way-out'>;

interface Module {
  /** As people call it. */
  readonly what: string;
  /** As `modprobe` calls it. */
  readonly module: string;
  /** As the kernel's own configuration calls it. */
  readonly option: string;
}

const modules: Readonly<Record<Exclude<OfKernel, 'ipv6' | 'vlan-filtering'>, Module>> = {
  veth: { what: 'veth pairs', module: 'veth', option: 'CONFIG_VETH' },
  bridge: { what: 'bridges', module: 'bridge', option: 'CONFIG_BRIDGE' },
  vrf: { what: 'VRFs', module: 'vrf', option: 'CONFIG_NET_VRF' },
  vlan: { what: 'VLAN interfaces', module: '8021q', option: 'CONFIG_VLAN_8021Q' },
  dummy: { what: 'dummy interfaces', module: 'dummy', option: 'CONFIG_DUMMY' },
  bond: { what: 'bonding', module: 'bonding', option: 'CONFIG_BONDING' },
  gre: { what: 'GRE tunnels', module: 'ip_gre', option: 'CONFIG_NET_IPGRE' },
  macvlan: { what: 'macvlan interfaces', module: 'macvlan', option: 'CONFIG_MACVLAN' },
  vxlan: { what: 'VXLAN', module: 'vxlan', option: 'CONFIG_VXLAN' },
  netem: { what: 'netem', module: 'sch_netem', option: 'CONFIG_NET_SCH_NETEM' },
  tbf: { what: 'token buckets', module: 'sch_tbf', option: 'CONFIG_NET_SCH_TBF' },
  nft: { what: 'nf_tables for IPv4 and IPv6', module: 'nf_tables', option: 'CONFIG_NF_TABLES_INET' },
};

/** What to say of something that this kernel has not. */
export function lackOf(name: OfKernel): Lack {
  if (name === 'ipv6')
    return { reason: 'This kernel runs without IPv6.', remedy: 'Start it without the parameter ipv6.disable=1.' };
  if (name === 'vlan-filtering')
    return {
      reason: 'The bridges of this kernel cannot keep VLANs apart.',
      remedy: 'It needs a kernel that is built with CONFIG_BRIDGE_VLAN_FILTERING, as those of Debian and Ubuntu are.',
    };
  const { what, module, option } = modules[name];
  return {
    reason: `This kernel has no ${what} (${module}).`,
    remedy: `If it has the module, sudo modprobe ${module} brings it (on Ubuntu it may be in linux-modules-extra); otherwise it needs a kernel built with ${option}.`,
  };
}
