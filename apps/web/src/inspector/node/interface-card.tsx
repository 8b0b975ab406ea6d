import {
  bondOf,
  type Ifname,
  type Interface,
  type NodeKind,
  type NodeName,
  parseIfname,
  type Topology,
} from '@vethlab/topology';
import { Trash2 } from 'lucide-react';
import { appearanceOf, observedInterface } from '../../canvas/derive/endpoint-state';
import { labActions, useLabStore } from '../../lab';
import { IconButton } from '../../ui';
import { act } from '../fields/act';
import { checkIfname } from '../fields/checks';
import { DraftField } from '../fields/draft-field';
import { StateGlyph } from '../fields/state-glyph';
import { UpSwitch } from '../fields/up-switch';
import { DeviceImpairment } from '../impairment/device-impairment';
import { AddressList } from './address-list';
import { InterfaceMore } from './interface-more';
import { WhereItLeads } from './where-it-leads';

export interface InterfaceCardProps {
  readonly node: NodeName;
  readonly kind: NodeKind;
  readonly ifname: Ifname;
  readonly wanted: Interface;
  readonly topology: Topology;
}

/** One interface: name, state, addresses, and the link that it is an end of, or what else it is. */
export function InterfaceCard({ node, kind, ifname, wanted, topology }: InterfaceCardProps): React.JSX.Element {
  const kernel = useLabStore((lab) => observedInterface(lab.observed, node, ifname));
  const record = topology.nodes[node];
  const bond = record === undefined ? null : bondOf(record, ifname);
  const differs = useLabStore((lab) => lab.drift.some((item) => item.namespace === node && item.ifname === ifname));
  return (
    <fieldset
      aria-label={`Interface ${ifname}`}
      className="min-w-0 flex flex-col gap-2 rounded-lg border border-line bg-sunken p-2"
    >
      <div className="flex items-start gap-2">
        <span className="flex h-8 items-center">
          <StateGlyph appearance={appearanceOf(kernel)} />
        </span>
        <DraftField
          label={`Name of ${ifname}`}
          labelHidden
          mono
          className="flex-1"
          value={ifname}
          check={checkIfname}
          commit={(text) => {
            const parsed = parseIfname(text.trim());
            return parsed.ok ? labActions.edit({ type: 'rename-interface', node, ifname, to: parsed.value }) : null;
          }}
        />
        <span className="flex h-8 items-center">
          <UpSwitch
            label={`Interface ${ifname} up`}
            up={wanted.up}
            onChange={(up) => void act({ type: 'set-interface', node, ifname, up })}
          />
        </span>
        <IconButton
          label={`Remove interface ${ifname}`}
          onClick={() => void act({ type: 'remove-interface', node, ifname })}
        >
          <Trash2 />
        </IconButton>
      </div>
      {(kind === 'switch' || bond !== null) && wanted.addresses.length === 0 ? null : (
        <AddressList node={node} ifname={ifname} addresses={wanted.addresses} topology={topology} />
      )}
      {differs ? (
        <p className="text-xs text-drift">
          <span aria-hidden="true">Δ </span>
          Differs from the kernel: see above.
        </p>
      ) : null}
      {kernel?.ingress === undefined ? null : (
        <p className="text-xs text-muted" role="note">
          In the kernel also the qdisc <span className="font-mono">{kernel.ingress}</span>, and its filters. A lab says
          what happens to packets that leave an interface: what is done to those that come in stays as it is.
        </p>
      )}
      <WhereItLeads node={node} ifname={ifname} wanted={wanted} topology={topology} />
      {wanted.device === undefined || wanted.device.kind === 'dummy' ? null : (
        <DeviceImpairment node={node} ifname={ifname} impairment={wanted.impairment} />
      )}
      <InterfaceMore node={node} ifname={ifname} wanted={wanted} />
    </fieldset>
  );
}
