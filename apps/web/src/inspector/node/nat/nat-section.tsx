import {
  emptyNat,
  type Ifname,
  type Masquerade,
  type Nat,
  type Node,
  type NodeName,
  parseIpAddress,
  parseNetwork,
} from '@vethlab/topology';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { type EditOutcome, labActions } from '../../../lab';
import { Button, IconButton } from '../../../ui';
import { checkWith, optional } from '../../fields/checks';
import { DraftField } from '../../fields/draft-field';
import { Section } from '../../fields/section';
import { UpSwitch } from '../../fields/up-switch';
import { MissingRules, useMissingRules } from '../firewall/missing-rules';
import { Count } from '../firewall/rule-row';
import type { PacketsOf } from '../firewall/use-rule-counters';
import { ForwardForm } from './forward-form';

export interface NatSectionProps {
  readonly name: NodeName;
  readonly node: Node;
  readonly packetsOf: PacketsOf;
}

const checkNetwork = optional(checkWith(parseNetwork));
const checkSource = optional(checkWith(parseIpAddress));

/** Whose addresses a node translates: masquerade by interface, given source addresses, and port forwards. */
export function NatSection({ name, node, packetsOf }: NatSectionProps): React.JSX.Element {
  const nat = node.nat ?? emptyNat;
  const [adds, setAdds] = useState(false);
  const missing = useMissingRules();
  const ifnames = Object.keys(node.interfaces);
  const count = nat.masquerade.length + nat.source.length + nat.forwards.length;
  const set = (changed: Partial<Nat>): Promise<EditOutcome> => {
    const next = { ...nat, ...changed };
    const isEmpty = next.masquerade.length + next.source.length + next.forwards.length === 0;
    return labActions.edit({ type: 'set-nat', node: name, nat: isEmpty ? null : next });
  };
  return (
    <Section
      title="NAT"
      count={count}
      action={
        <Button
          size="small"
          variant="quiet"
          disabled={missing !== null}
          title={missing ?? undefined}
          onClick={() => setAdds(true)}
        >
          <Plus className="size-3.5" aria-hidden="true" /> Forward a port
        </Button>
      }
    >
      <MissingRules why={missing} />
      {ifnames.map((ifname) => (
        <OfInterface key={ifname} ifname={ifname as Ifname} nat={nat} set={set}>
          {nat.masquerade
            .filter(({ out }) => out === ifname)
            .map((rule) => (
              <Count key={JSON.stringify(rule)} packets={packetsOf('postrouting', rule)} />
            ))}
        </OfInterface>
      ))}
      {nat.forwards.length === 0 ? null : (
        <ul aria-label="Port forwards" className="flex flex-col gap-1">
          {nat.forwards.map((forward) => {
            const { in: into, protocol, port, to, toPort } = forward;
            const words = `${protocol.toUpperCase()} port ${port}${into === undefined ? '' : ` at ${into}`} → ${to} port ${toPort ?? port}`;
            return (
              <li key={words} className="flex items-center gap-1 rounded-md border border-line px-2 py-1 text-xs">
                <span className="min-w-0 flex-1 break-words">
                  {words}
                  <Count packets={packetsOf('prerouting', forward)} />
                </span>
                <IconButton
                  size="small"
                  label={`Remove the forward of ${protocol.toUpperCase()} port ${port}`}
                  onClick={() => void set({ forwards: nat.forwards.filter((other) => other !== forward) })}
                >
                  <Trash2 />
                </IconButton>
              </li>
            );
          })}
        </ul>
      )}
      {adds ? (
        <ForwardForm
          ifnames={ifnames}
          commit={(forward) => set({ forwards: [...nat.forwards, forward] })}
          onDone={() => setAdds(false)}
        />
      ) : null}
    </Section>
  );
}

interface OfInterfaceProps {
  readonly ifname: Ifname;
  readonly nat: Nat;
  readonly set: (changed: Partial<Nat>) => Promise<EditOutcome>;
  readonly children: React.ReactNode;
}

/** Which address packets get that leave by an interface: its own, a given one, or none but theirs. */
function OfInterface({ ifname, nat, set, children }: OfInterfaceProps): React.JSX.Element {
  const rules = nat.masquerade.filter(({ out }) => out === ifname);
  const sources = nat.source.filter(({ out }) => out === ifname);
  const [rule] = rules;
  const others = nat.masquerade.filter(({ out }) => out !== ifname);
  const setRules = (changed: readonly Masquerade[]): Promise<EditOutcome> =>
    set({ masquerade: [...others, ...changed] });
  return (
    <fieldset aria-label={`NAT of ${ifname}`} className="flex min-w-0 flex-col gap-1">
      <div className="flex items-center gap-2 text-xs">
        <UpSwitch
          label={`Masquerade what leaves by ${ifname}`}
          visibleLabel={`Masquerade what leaves by ${ifname}`}
          up={rules.length > 0}
          onChange={(on) => void setRules(on ? [{ out: ifname }] : [])}
        />
        {children}
      </div>
      {rules.length === 1 && rule !== undefined ? (
        <DraftField
          label={`Only from, of ${ifname}`}
          labelHidden
          mono
          placeholder="only from: any address"
          value={rule.from ?? ''}
          check={checkNetwork}
          commit={(text) => {
            const { from: _, ...rest } = rule;
            if (text.trim() === '') return setRules([rest]);
            const parsed = parseNetwork(text.trim());
            return parsed.ok ? setRules([{ ...rest, from: parsed.value }]) : null;
          }}
        />
      ) : null}
      {rules.length > 1
        ? rules.map((one) => (
            <p key={JSON.stringify(one)} className="text-xs text-muted">
              {one.family === undefined ? '' : `${one.family === 'ipv4' ? 'IPv4' : 'IPv6'} `}
              {one.from === undefined ? 'from any address' : `from ${one.from}`}
            </p>
          ))
        : null}
      {sources.map((source) => (
        <div key={JSON.stringify(source)} className="flex items-start gap-1">
          <DraftField
            label={`Source address for ${source.from ?? 'everything'} that leaves by ${ifname}`}
            labelHidden={source.from === undefined}
            mono
            className="flex-1"
            value={source.to}
            check={checkSource}
            commit={(text) => {
              const parsed = parseIpAddress(text.trim());
              if (!parsed.ok) return null;
              return set({
                source: nat.source.map((other) => (other === source ? { ...source, to: parsed.value } : other)),
              });
            }}
          />
          <IconButton
            size="small"
            label={`Remove the source address ${source.to}`}
            onClick={() => void set({ source: nat.source.filter((other) => other !== source) })}
          >
            <Trash2 />
          </IconButton>
        </div>
      ))}
      {rules.length > 0 || sources.length > 0 ? null : (
        <DraftField
          label={`Source address of what leaves by ${ifname}`}
          labelHidden
          mono
          placeholder="or a source address: 203.0.113.5"
          value=""
          check={checkSource}
          commit={(text) => {
            const parsed = parseIpAddress(text.trim());
            return parsed.ok ? set({ source: [...nat.source, { out: ifname, to: parsed.value }] }) : null;
          }}
        />
      )}
    </fieldset>
  );
}
