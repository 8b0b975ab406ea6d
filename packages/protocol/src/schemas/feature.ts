import { featureNames } from '@vethlab/observed';
import { z } from 'zod';

export const kernelFeatureSchema = z.object({
  name: z.enum(featureNames),
  available: z.boolean(),
  reason: z.string().nullable(),
  remedy: z.string().nullable(),
});
