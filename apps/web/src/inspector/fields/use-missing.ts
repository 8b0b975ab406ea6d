import type { FeatureName } from '@vethlab/observed';
import { useLabStore } from '../../lab';

/** Why this machine cannot do something, and what would bring it; null when it can, or nobody has asked it yet. */
export function useMissing(feature: FeatureName): string | null {
  const lack = useLabStore((lab) => lab.features.find(({ name, available }) => name === feature && !available));
  if (lack === undefined) return null;
  return [lack.reason, lack.remedy].filter((text) => text !== null).join(' ');
}
