import { type Link, splitEndpoint, type Topology } from '@vethlab/topology';
import { Trash2 } from 'lucide-react';
import { deleteSelection } from '../../canvas/acts/delete-selection';
import { appearanceOf, observedInterface, stateWord } from '../../canvas/derive/endpoint-state';
import { formatRate } from '../../canvas/derive/rate';
import { DifferencesSection } from '../../drift';
import { labActions, livenessOf, useLabStore } from '../../lab';
import { Button } from '../../ui';
import { viewActions } from '../../view';
import { act } from '../fields/act';
import { checkLabel, checkMtu } from '../fields/checks';
import { DraftField } from '../fields/draft-field';
import { Section } from '../fields/section';
import { StateGlyph } from '../fields/state-glyph';
import { UpSwitch } from '../fields/up-switch';
import { Heading } from '../heading';
import { LinkImpairment } from '../impairment/link-impairment';
import { AddressList } from '../node/address-list';

export interface LinkInspectorProps {
  readonly link: Link;
  readonly topology: Topology;
}

/** A link: both ends with their addresses and what the kernel says of them, the switch that takes it down, MTU, label. */
export function LinkInspector({ link, topology }: LinkInspectorProps): React.JSX.Element {
  const key = `${link.endpoints[0]}--${link.endpoints[1]}` as const;
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <Heading title={`${link.endpoints[0]} – ${link.endpoints[1]}`} what="Link, a veth pair" />
      <DifferencesSection places={link.endpoints} />
      <Section title="Link">
        <UpSwitch
          label="Link up"
          visibleLabel={link.up ? 'Up' : 'Taken down: both ends are set down'}
          up={link.up}
          onChange={(up) => void act({ type: 'set-link', link: key, up })}
        />
        <div className="flex gap-2">
          <DraftField
            label="Label"
            className="flex-1"
            placeholder="Free text"
            value={link.label ?? ''}
            check={checkLabel}
            commit={(text) =>
              labActions.edit({ type: 'set-link', link: key, label: text.trim() === '' ? null : text.trim() })
            }
          />
          <DraftField
            label="MTU"
            className="w-24 shrink-0"
            mono
            inputMode="numeric"
            placeholder="1500"
            value={link.mtu?.toString() ?? ''}
            check={checkMtu}
            commit={(text) =>
              labActions.edit({ type: 'set-link', link: key, mtu: text.trim() === '' ? null : Number(text) })
            }
          />
        </div>
      </Section>
      <LinkImpairment link={link} topology={topology} />
      {link.endpoints.map((endpoint) => (
        <LinkEnd key={endpoint} endpoint={endpoint} topology={topology} />
      ))}
      <Section title="Remove">
        <Button onClick={() => void deleteSelection()} className="self-start">
          <Trash2 className="size-4" aria-hidden="true" /> Remove link
        </Button>
        <p className="text-xs text-muted">
          Takes its two interfaces along, with their addresses. Undo brings all of it back.
        </p>
      </Section>
    </div>
  );
}

function LinkEnd({
  endpoint,
  topology,
}: {
  readonly endpoint: Link['endpoints'][number];
  readonly topology: Topology;
}) {
  const parts = splitEndpoint(endpoint);
  const kernel = useLabStore((lab) => (parts ? observedInterface(lab.observed, parts.node, parts.ifname) : null));
  const liveness = useLabStore(livenessOf);
  const rate = useLabStore((lab) => (Object.hasOwn(lab.rates, endpoint) ? lab.rates[endpoint] : undefined));
  if (parts === null) return null;
  const { node, ifname } = parts;
  const owner = topology.nodes[node];
  const wanted = owner?.interfaces[ifname];
  if (owner === undefined || wanted === undefined) return null;
  const appearance = appearanceOf(kernel);
  return (
    <Section
      title={`End ${endpoint}`}
      action={
        <Button size="small" variant="quiet" onClick={() => viewActions.reveal({ nodes: [node] })}>
          Open {node}
        </Button>
      }
    >
      <div className="flex items-center gap-2 text-xs">
        <StateGlyph appearance={appearance} />
        <span>{stateWord(appearance, liveness)}</span>
        {kernel === null ? null : (
          <span className="text-muted">
            admin {kernel.up ? 'up' : 'down'} · carrier {kernel.carrier ? 'yes' : 'no'} · {kernel.operstate}
          </span>
        )}
      </div>
      {rate === undefined || liveness !== 'live' ? null : (
        <p className="text-xs text-muted tabular-nums">
          ↓ {formatRate(rate.rxBitsPerSecond)} · ↑ {formatRate(rate.txBitsPerSecond)}
        </p>
      )}
      {owner.kind === 'switch' && wanted.addresses.length === 0 ? (
        <p className="text-xs text-muted">A port of the bridge br0: ports need no address.</p>
      ) : (
        <AddressList node={node} ifname={ifname} addresses={wanted.addresses} topology={topology} />
      )}
    </Section>
  );
}
