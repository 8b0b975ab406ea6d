import type { FeatureName, KernelFeature } from '@vethlab/observed';
import { useLabStore } from '../../lab';

/** What of the kernel is lacking for something; null when it is there, or nobody has asked yet. */
export function useLack(feature: FeatureName): KernelFeature | null {
  return useLabStore((lab) => lab.features.find(({ name, available }) => name === feature && !available) ?? null);
}

/** Why this machine cannot do something, and what would bring it; null when it can, or nobody has asked it yet. */
export function useMissing(feature: FeatureName): string | null {
  const lack = useLack(feature);
  if (lack === null) return null;
  return [lack.reason, lack.remedy].filter((text) => text !== null).join(' ');
}
