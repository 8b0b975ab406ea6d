import {
  type ConnectionState,
  connectionStates,
  emptyNat,
  type Firewall,
  type FirewallChain,
  type FirewallRule,
  type Nat,
  openFirewall,
} from '../model/firewall.js';
import { maximumNatEntries, maximumRules } from '../model/limits.js';
import { strictObject, z } from './strict-zod.js';
import { ifnameSchema, ipAddressSchema, networkSchema, portSchema, ruleIfnameSchema } from './values.js';

const familySchema = z.enum(['ipv4', 'ipv6']).meta({ description: 'Packets of one family only; both when absent.' });

const protocolSchema = z.enum(['tcp', 'udp', 'icmp', 'icmpv6']);

const stateSchema = z
  .array(z.enum(connectionStates))
  .max(connectionStates.length)
  .superRefine((states, context) => {
    if (states.length > 0) return;
    const problem = { code: 'firewall.state', detail: 'The list of states is empty.' };
    context.addIssue({ code: 'custom', message: problem.detail, params: { problem } });
  })
  .transform((states): readonly ConnectionState[] => connectionStates.filter((state) => states.includes(state)))
  .meta({
    description: 'What is known of the connection: one of these.',
    examples: [['established', 'related']],
    minItems: 1,
  });

const ruleSchema = strictObject({
  in: ruleIfnameSchema.exactOptional(),
  out: ruleIfnameSchema.exactOptional(),
  family: familySchema.exactOptional(),
  from: networkSchema.exactOptional(),
  to: networkSchema.exactOptional(),
  protocol: protocolSchema.exactOptional(),
  port: portSchema.exactOptional(),
  state: stateSchema.exactOptional(),
  action: z.enum(['accept', 'drop', 'reject']),
}) satisfies z.ZodType<FirewallRule>;

const policySchema = z.enum(['accept', 'drop']).meta({ description: 'What happens to a packet that no rule fits.' });
const rulesSchema = z.array(ruleSchema).max(maximumRules);
const chainSchema = strictObject({ policy: policySchema, rules: rulesSchema }) satisfies z.ZodType<FirewallChain>;

/** The firewall of the normalised document. */
export const firewallSchema = strictObject({
  input: chainSchema,
  forward: chainSchema,
  output: chainSchema,
}) satisfies z.ZodType<Firewall>;

const masqueradeSchema = z
  .array(
    strictObject({
      out: ifnameSchema,
      family: familySchema.exactOptional(),
      from: networkSchema.exactOptional(),
    }),
  )
  .max(maximumNatEntries)
  .meta({ description: 'Packets that leave by an interface get its address as their source.' });

const sourceSchema = z
  .array(strictObject({ out: ifnameSchema, from: networkSchema.exactOptional(), to: ipAddressSchema }))
  .max(maximumNatEntries)
  .meta({ description: 'Packets that leave by an interface get this address as their source.' });

const forwardsSchema = z
  .array(
    strictObject({
      in: ifnameSchema.exactOptional(),
      protocol: z.enum(['tcp', 'udp']),
      port: portSchema,
      to: ipAddressSchema,
      toPort: portSchema.exactOptional(),
    }),
  )
  .max(maximumNatEntries)
  .meta({ description: 'What arrives at a port goes on to another address.' });

/** NAT of the normalised document. */
export const natSchema = strictObject({
  masquerade: masqueradeSchema,
  source: sourceSchema,
  forwards: forwardsSchema,
}) satisfies z.ZodType<Nat>;

// As people write them, in a file or in an edit: what is left out is as it is without. A key without a value is null in YAML.
const section = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().exactOptional();

const chainEntrySchema = strictObject({ policy: policySchema.exactOptional(), rules: section(rulesSchema) });

export const firewallEntrySchema = strictObject({
  input: section(chainEntrySchema),
  forward: section(chainEntrySchema),
  output: section(chainEntrySchema),
}).transform((entry): Firewall => {
  const chain = (name: keyof Firewall): FirewallChain => ({
    policy: entry[name]?.policy ?? openFirewall[name].policy,
    rules: entry[name]?.rules ?? [],
  });
  return { input: chain('input'), forward: chain('forward'), output: chain('output') };
});

export const natEntrySchema = strictObject({
  masquerade: section(masqueradeSchema),
  source: section(sourceSchema),
  forwards: section(forwardsSchema),
}).transform(
  (entry): Nat => ({
    masquerade: entry.masquerade ?? emptyNat.masquerade,
    source: entry.source ?? emptyNat.source,
    forwards: entry.forwards ?? emptyNat.forwards,
  }),
);
