import {
  type Device,
  type DeviceKind,
  type Ifname,
  type Node,
  type NodeName,
  nextDeviceName,
  type Topology,
} from '@vethlab/topology';
import { useEffect, useMemo, useRef } from 'react';
import { deviceKindWords } from '../../../canvas/derive/device-words';
import { labActions } from '../../../lab';
import { Field, type FieldProblem } from '../../../ui';
import { problemOf } from '../../fields/problems';
import { RecordForm, useRecordDraft } from '../../fields/record-form';
import { type DeviceDraft, type DeviceField, deviceDraftOf, emptyDevice, parseDevice } from './device-draft';
import { DeviceFields } from './device-fields';

export interface DeviceFormProps {
  readonly node: NodeName;
  readonly record: Node;
  readonly topology: Topology;
  readonly kind: DeviceKind;
  /** Null: a new interface. */
  readonly changed: { readonly ifname: Ifname; readonly device: Device } | null;
  readonly onDone: () => void;
}

/** What an interface is that is not the end of a link. What is wrong is said at its field, at every key. */
export function DeviceForm({ node, record, topology, kind, changed, onDone }: DeviceFormProps): React.JSX.Element {
  const form = useRecordDraft<DeviceDraft>(
    () => (changed === null ? emptyDevice(kind, record) : deviceDraftOf(changed.device)),
    onDone,
  );
  const { draft, asked, change } = form;
  // Whoever opened it goes on typing, by keyboard too.
  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => fields.current?.querySelector<HTMLElement>('select, input')?.focus(), []);
  const self = changed?.ifname ?? null;
  const parsed = useMemo(() => parseDevice(draft, topology, node, self), [draft, topology, node, self]);
  const problemAt = (field: DeviceField): FieldProblem | null => {
    // An empty field is no mistake until one asks for the interface to be added.
    if (!asked && draft[field].length === 0) return null;
    const problem = problemOf(parsed.complaints[field], (fix) => change({ [field]: fix }));
    // Members are boxes to tick: there is no text to put there.
    return problem !== null && field === 'members' ? { severity: problem.severity, text: problem.text } : problem;
  };
  const words = deviceKindWords[kind];
  const problem = form.refusal ?? (parsed.other === null ? null : problemOf({ text: parsed.other }, () => undefined));
  const { edit } = parsed;
  const device = edit?.type === 'add-interface' ? edit.device : undefined;
  return (
    <RecordForm
      label={changed === null ? `New ${words}` : `Settings of ${changed.ifname}`}
      submitLabel={changed === null ? `Add ${words}` : 'Save'}
      problem={problem}
      onSubmit={() => form.submit(edit === null ? null : () => labActions.edit(edit))}
      onDone={onDone}
    >
      {changed === null ? <p className="text-xs font-semibold">New {words}</p> : null}
      <div ref={fields} className="contents">
        <DeviceFields draft={draft} node={record} self={self} problemOf={problemAt} change={change} />
      </div>
      {changed === null ? (
        <Field
          label="Name"
          mono
          placeholder={device === undefined ? 'made from the settings' : nextDeviceName(topology, node, device)}
          value={draft.name}
          problem={problemAt('name')}
          onChange={(event) => change({ name: event.target.value })}
        />
      ) : null}
    </RecordForm>
  );
}
