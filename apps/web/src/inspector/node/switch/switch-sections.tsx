import { missingFeatures } from '@vethlab/observed';
import { type Ifname, interfaceEntries, type Node, type NodeName, type PortVlan } from '@vethlab/topology';
import { type LabState, labActions, useLabStore } from '../../../lab';
import { act } from '../../fields/act';
import { checkWith, optional } from '../../fields/checks';
import { DraftField } from '../../fields/draft-field';
import { MissingNote } from '../../fields/missing-note';
import { Section } from '../../fields/section';
import { UpSwitch } from '../../fields/up-switch';
import { complaintOf, inMode, modeOf, parseVlan, parseVlans, type VlanMode, vlansText } from './vlan-draft';

const selectFeatures = (lab: LabState) => lab.features;

export interface SwitchSectionsProps {
  readonly name: NodeName;
  readonly node: Node;
}

/** What only a switch has: spanning tree, and the VLANs of its ports in a small table. */
export function SwitchSections({ name, node }: SwitchSectionsProps): React.JSX.Element {
  const features = useLabStore(selectFeatures);
  const ports = interfaceEntries(node);
  const cannot = missingFeatures(features).has('vlan-filtering');
  return (
    <>
      <Section title="Spanning tree">
        <UpSwitch
          label="Spanning tree"
          visibleLabel={node.stp === true ? 'On: loops do no harm' : 'Off: ports forward at once'}
          up={node.stp === true}
          onChange={(stp) => void act({ type: 'set-switch', node: name, stp })}
        />
      </Section>
      {ports.length === 0 ? null : (
        <Section title="VLANs">
          <div className="flex flex-col gap-1.5">
            {ports.map(([ifname, { vlan }]) => (
              <PortRow key={ifname} node={name} ifname={ifname} vlan={vlan} disabled={cannot && vlan === undefined} />
            ))}
          </div>
          <MissingNote features={features} names={['vlan-filtering']} />
        </Section>
      )}
    </>
  );
}

interface PortRowProps {
  readonly node: NodeName;
  readonly ifname: Ifname;
  readonly vlan: PortVlan | undefined;
  readonly disabled: boolean;
}

const modes: readonly (readonly [VlanMode, string])[] = [
  ['none', '–'],
  ['access', 'access'],
  ['trunk', 'trunk'],
];

function PortRow({ node, ifname, vlan, disabled }: PortRowProps): React.JSX.Element {
  const set = (next: PortVlan | null) => labActions.edit({ type: 'set-port-vlan', node, ifname, vlan: next });
  return (
    <div className="flex items-start gap-1.5">
      <span className="flex h-8 w-20 shrink-0 items-center truncate font-mono text-xs" title={ifname}>
        {ifname}
      </span>
      <select
        aria-label={`VLAN mode of ${ifname}`}
        value={modeOf(vlan)}
        disabled={disabled}
        onChange={(event) => {
          const mode = modes.find(([value]) => value === event.target.value)?.[0];
          if (mode !== undefined) void act({ type: 'set-port-vlan', node, ifname, vlan: inMode(mode, vlan) });
        }}
        className="h-8 w-20 shrink-0 rounded-md border border-line-strong bg-surface px-1 text-ui disabled:opacity-60"
      >
        {modes.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
      {vlan === undefined ? (
        <span className="flex h-8 items-center text-xs text-muted">VLAN 1, if any port has one</span>
      ) : 'access' in vlan ? (
        <DraftField
          label={`VLAN of ${ifname}`}
          labelHidden
          className="flex-1"
          inputMode="numeric"
          value={String(vlan.access)}
          check={checkWith(parseVlan)}
          commit={(text) => {
            const parsed = parseVlan(text);
            return parsed.ok ? set({ access: parsed.value }) : null;
          }}
        />
      ) : (
        <Trunk ifname={ifname} trunk={vlan} set={set} />
      )}
    </div>
  );
}

interface TrunkProps {
  readonly ifname: Ifname;
  readonly trunk: Extract<PortVlan, { trunk: readonly number[] }>;
  readonly set: (vlan: PortVlan) => ReturnType<typeof labActions.edit>;
}

function Trunk({ ifname, trunk, set }: TrunkProps): React.JSX.Element {
  const withTrunk = (ids: readonly number[]): PortVlan => ({ ...trunk, trunk: ids });
  const withNative = (text: string): PortVlan => {
    const { native: _, ...rest } = trunk;
    const parsed = parseVlan(text);
    return parsed.ok ? { ...rest, native: parsed.value } : rest;
  };
  return (
    <>
      <DraftField
        label={`VLANs of ${ifname}`}
        labelHidden
        className="flex-1"
        placeholder="10, 20"
        value={vlansText(trunk.trunk)}
        check={(text) => {
          const parsed = parseVlans(text);
          return parsed.ok ? complaintOf(withTrunk(parsed.value)) : checkWith(parseVlans)(text);
        }}
        commit={(text) => {
          const parsed = parseVlans(text);
          return parsed.ok ? set(withTrunk(parsed.value)) : null;
        }}
      />
      <DraftField
        label={`Native VLAN of ${ifname}`}
        labelHidden
        className="w-16 shrink-0"
        inputMode="numeric"
        placeholder="native"
        value={trunk.native === undefined ? '' : String(trunk.native)}
        check={(text) => optional(checkWith(parseVlan))(text) ?? complaintOf(withNative(text))}
        commit={(text) => set(withNative(text))}
      />
    </>
  );
}
