import {
  type BondMode,
  bondModes,
  type Device,
  defaultVxlanPort,
  type MacvlanMode,
  macvlanModes,
} from '../model/device.js';
import { maximumBondMembers, maximumGreKey, maximumPort, maximumTtl, maximumVxlanId } from '../model/limits.js';
import { strictObject, z } from './strict-zod.js';
import { ifnameSchema, ipAddressSchema, rangedNumber } from './values.js';
import { vlanIdSchema } from './vlan-schema.js';

const parent = ifnameSchema;

/** What an interface is that is not the end of a link; the lab file, edits and the document write it alike. Ports and modes may be left out. */
export const deviceSchema = z
  .discriminatedUnion('kind', [
    strictObject({ kind: z.literal('vlan'), parent, id: vlanIdSchema }),
    strictObject({
      kind: z.literal('vxlan'),
      id: rangedNumber('vxlan.id', 1, maximumVxlanId, 'VXLAN network identifier.'),
      local: ipAddressSchema.exactOptional(),
      remote: ipAddressSchema.exactOptional(),
      port: rangedNumber('vxlan.port', 1, maximumPort, 'UDP port; 4789 when absent.').default(defaultVxlanPort),
      parent: parent.exactOptional(),
    }),
    strictObject({
      kind: z.literal('macvlan'),
      parent,
      mode: z
        .enum(macvlanModes as [MacvlanMode, ...MacvlanMode[]])
        .default('bridge')
        .meta({ description: 'How the macvlans of one parent see each other; bridge when absent.' }),
    }),
    strictObject({ kind: z.literal('dummy') }),
    strictObject({
      kind: z.literal('gre'),
      local: ipAddressSchema,
      remote: ipAddressSchema,
      key: rangedNumber('gre.key', 0, maximumGreKey, 'Tells tunnels between the same addresses apart.').exactOptional(),
      ttl: rangedNumber('gre.ttl', 1, maximumTtl, 'That of the packet inside when absent.').exactOptional(),
    }),
    strictObject({
      kind: z.literal('bond'),
      mode: z
        .enum(bondModes as [BondMode, ...BondMode[]])
        .default('active-backup')
        .meta({ description: 'How the members are used; active-backup when absent.' }),
      members: z.array(ifnameSchema).max(maximumBondMembers).default([]),
    }),
  ])
  .meta({
    description: 'What the interface is when it is not the end of a link.',
  }) satisfies z.ZodType<Device, unknown>;
