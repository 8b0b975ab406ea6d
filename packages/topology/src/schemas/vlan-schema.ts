import { maximumTrunkVlans, maximumVlan } from '../model/limits.js';
import { vlanProblem } from '../model/parse-values.js';
import type { PortVlan } from '../model/port-vlan.js';
import { checkedNumber, strictObject, z } from './strict-zod.js';
import { numberParser } from './values.js';

export const vlanIdSchema = checkedNumber(numberParser(vlanProblem), {
  description: 'Number of a VLAN.',
  type: 'integer',
  minimum: 1,
  maximum: maximumVlan,
});

/** Access or trunk. Both are keys of one object, so that a mistake in either is told where it is. */
export const portVlanSchema = strictObject({
  access: vlanIdSchema.exactOptional(),
  trunk: z.array(vlanIdSchema).max(maximumTrunkVlans).exactOptional(),
  native: vlanIdSchema.exactOptional(),
})
  .meta({
    description:
      'access: the VLAN of all frames of the port. trunk: VLANs whose frames carry a tag; native: the VLAN of those without one.',
  })
  .transform(({ access, trunk, native }, context): PortVlan => {
    if (access !== undefined && trunk === undefined && native === undefined) return { access };
    if (access === undefined && trunk !== undefined) {
      const ascending = [...trunk].sort((a, b) => a - b);
      return native === undefined ? { trunk: ascending } : { trunk: ascending, native };
    }
    const detail = 'A port is either access (one VLAN) or a trunk (a list of VLANs, and perhaps a native one).';
    context.issues.push({
      code: 'custom',
      message: detail,
      params: { problem: { code: 'vlan.form', detail } },
      input: access,
    });
    return z.NEVER;
  });
