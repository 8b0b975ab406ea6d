import type { ObservedBeyond } from '@vethlab/observed';

/** Why what somebody made is in no lab file. */
export const whyBeyond: Readonly<Record<ObservedBeyond['kind'], string>> = {
  rule: 'A lab holds no rules of policy routing.',
  route: 'A lab holds routes with a gateway or an interface, in the main table or that of a VRF.',
};
