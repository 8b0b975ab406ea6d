import { bondModes, macvlanModes, type Node } from '@vethlab/topology';
import { useId } from 'react';
import { Field, type FieldProblem, ProblemNote } from '../../../ui';
import { SelectField } from '../../fields/select-field';
import { type DeviceDraft, type DeviceField, ownAddresses, parentsIn, possibleMembers } from './device-draft';

export interface DeviceFieldsProps {
  readonly draft: DeviceDraft;
  readonly node: Node;
  /** The interface that is changed; null: a new one. */
  readonly self: string | null;
  readonly problemOf: (field: DeviceField) => FieldProblem | null;
  readonly change: (changed: Partial<DeviceDraft>) => void;
}

type TextField = Exclude<DeviceField, 'members' | 'parent' | 'mode'>;

/** The fields of each kind of interface, and no others. */
export function DeviceFields({ draft, node, self, problemOf, change }: DeviceFieldsProps): React.JSX.Element | null {
  const { kind } = draft;
  const addressListId = useId();
  const text = (key: TextField, label: string, placeholder: string, list?: string): React.JSX.Element => (
    <Field
      label={label}
      mono
      placeholder={placeholder}
      value={draft[key]}
      problem={problemOf(key)}
      list={list}
      inputMode={list === undefined ? 'numeric' : undefined}
      onChange={(event) => change({ [key]: event.target.value })}
    />
  );
  const parent = (label: string, none: string | null): React.JSX.Element => (
    <SelectField
      label={label}
      value={draft.parent}
      problem={problemOf('parent')}
      items={[
        ...(none === null ? [] : [['', none] as const]),
        ...parentsIn(node, self).map((name) => [name, name] as const),
      ]}
      onChange={(value) => change({ parent: value })}
    />
  );
  const mode = (modes: readonly string[]): React.JSX.Element => (
    <SelectField
      label="Mode"
      value={draft.mode}
      problem={problemOf('mode')}
      items={modes.map((one) => [one, one] as const)}
      onChange={(value) => change({ mode: value })}
    />
  );
  const ends = (of: 'vxlan' | 'gre'): React.JSX.Element => (
    <>
      {text('local', 'From (an address here)', ownAddresses(node, of)[0] ?? '10.0.0.1', addressListId)}
      {text('remote', 'To (the other end)', '10.0.2.1', 'no-list')}
      <datalist id={addressListId}>
        {ownAddresses(node, of).map((address) => (
          <option key={address} value={address} />
        ))}
      </datalist>
    </>
  );
  switch (kind) {
    case 'dummy':
      return null;
    case 'vlan':
      return (
        <Pair>
          {parent('On', null)}
          {text('id', 'VLAN id', '10')}
        </Pair>
      );
    case 'macvlan':
      return (
        <Pair>
          {parent('On', null)}
          {mode(macvlanModes)}
        </Pair>
      );
    case 'vxlan':
      return (
        <Pair>
          {text('id', 'VXLAN id', '42')}
          {text('port', 'UDP port', '4789')}
          {ends('vxlan')}
          {parent('Leaves by', 'as routes say')}
        </Pair>
      );
    case 'gre':
      return (
        <Pair>
          {ends('gre')}
          {text('key', 'Key', 'none')}
          {text('ttl', 'TTL', 'of the packet inside')}
        </Pair>
      );
    case 'bond':
      return (
        <>
          {mode(bondModes)}
          <Choices
            legend="Members"
            none="No interface is free for it: wire the node first."
            all={possibleMembers(node, self)}
            chosen={draft.members}
            problem={problemOf('members')}
            onChange={(members) => change({ members })}
          />
        </>
      );
  }
}

function Pair({ children }: { readonly children: React.ReactNode }): React.JSX.Element {
  return <div className="grid grid-cols-2 gap-2">{children}</div>;
}

export interface ChoicesProps {
  readonly legend: string;
  /** Said when there is nothing to choose from. */
  readonly none: string;
  readonly all: readonly string[];
  readonly chosen: readonly string[];
  readonly problem?: FieldProblem | null;
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Any of several interfaces, in the order of the node. */
export function Choices({ legend, none, all, chosen, problem = null, onChange }: ChoicesProps): React.JSX.Element {
  // One that is gone, or taken by another, stays to be seen and to be let go.
  const offered = [...all, ...chosen.filter((name) => !all.includes(name))];
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-xs text-muted">{legend}</legend>
      {offered.length === 0 ? <p className="text-xs text-muted">{none}</p> : null}
      <div className="flex flex-wrap gap-x-3 gap-y-1">
        {offered.map((name) => (
          <label key={name} className="flex items-center gap-1.5 font-mono text-xs">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={chosen.includes(name)}
              onChange={(event) =>
                onChange(offered.filter((one) => (one === name ? event.target.checked : chosen.includes(one))))
              }
            />
            {name}
          </label>
        ))}
      </div>
      {problem === null ? null : (
        <div aria-live="polite">
          <ProblemNote problem={problem} />
        </div>
      )}
    </fieldset>
  );
}
