/** What a machine may have or lack, by the names that people know from `ip`, `tc` and `nft`; `way-out`: what an internet node needs outside of its lab. */
export const featureNames = [
  'veth',
  'bridge',
  'ipv6',
  'vrf',
  'vlan',
  'dummy',
  'bond',
  'gre',
  'macvlan',
  'vxlan',
  'netem',
  'tbf',
  'vlan-filtering',
  'nft',
  'way-out',
] as const;

export type FeatureName = (typeof featureNames)[number];

/** Whether the machine has something, found out by trying. */
export interface KernelFeature {
  readonly name: FeatureName;
  readonly available: boolean;
  /** Why it cannot be used: "This kernel has no netem (module sch_netem)." Null when it can. */
  readonly reason: string | null;
  /** What would bring it, one sentence. Null when nothing is missing or nothing would. */
  readonly remedy: string | null;
}

/** What to say of something that is not there. */
export type Lack = Pick<KernelFeature, 'reason' | 'remedy'>;

/** The names of what is lacking. */
export function missingFeatures(features: readonly KernelFeature[]): ReadonlySet<FeatureName> {
  return new Set(features.filter(({ available }) => !available).map(({ name }) => name));
}
