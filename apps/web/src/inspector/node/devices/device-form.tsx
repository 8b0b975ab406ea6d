import {
  type Device,
  type DeviceKind,
  type Ifname,
  type Node,
  type NodeName,
  nextDeviceName,
  type Topology,
} from '@vethlab/topology';
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { deviceKindWords } from '../../../canvas/derive/device-words';
import { labActions } from '../../../lab';
import { Button, Field, type FieldProblem, ProblemNote } from '../../../ui';
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
  const [draft, setDraft] = useState<DeviceDraft>(() =>
    changed === null ? emptyDevice(kind, record) : deviceDraftOf(changed.device),
  );
  const [asked, setAsked] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  // Whoever opened it goes on typing, by keyboard too.
  useEffect(() => form.current?.querySelector<HTMLElement>('select, input')?.focus(), []);
  const self = changed?.ifname ?? null;
  const parsed = useMemo(() => parseDevice(draft, topology, node, self), [draft, topology, node, self]);
  const change = (next: Partial<DeviceDraft>): void => {
    setDraft({ ...draft, ...next });
    setRefusal(null);
  };
  const problemOf = (field: DeviceField): FieldProblem | null => {
    const complaint = parsed.complaints[field];
    // An empty field is no mistake until one asks for the interface to be added.
    if (complaint === undefined || (!asked && draft[field].length === 0)) return null;
    const { text, fix } = complaint;
    const mends = fix !== undefined && field !== 'members';
    return {
      severity: 'error',
      text,
      ...(mends ? { fix: { label: `Use ${fix}`, run: () => change({ [field]: fix }) } } : {}),
    };
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setAsked(true);
    if (parsed.edit === null) return;
    const outcome = await labActions.edit(parsed.edit);
    if (outcome.ok) onDone();
    else {
      const [first] = outcome.diagnostics;
      setRefusal(first === undefined ? 'It was refused.' : `${first.summary} ${first.detail}`);
    }
  };
  const words = deviceKindWords[kind];
  const problem = refusal ?? parsed.other;
  const device = parsed.edit?.type === 'add-interface' ? parsed.edit.device : undefined;
  return (
    <form
      ref={form}
      aria-label={changed === null ? `New ${words}` : `Settings of ${changed.ifname}`}
      className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-2"
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone();
      }}
    >
      {changed === null ? <p className="text-xs font-semibold">New {words}</p> : null}
      <DeviceFields draft={draft} node={record} self={self} problemOf={problemOf} change={change} />
      {changed === null ? (
        <Field
          label="Name"
          mono
          placeholder={device === undefined ? 'made from the settings' : nextDeviceName(topology, node, device)}
          value={draft.name}
          problem={problemOf('name')}
          onChange={(event) => change({ name: event.target.value })}
        />
      ) : null}
      {problem === null ? null : (
        <div aria-live="polite">
          <ProblemNote problem={{ severity: 'error', text: problem }} />
        </div>
      )}
      <div className="flex justify-end gap-2">
        <Button size="small" variant="quiet" onClick={onDone}>
          Cancel
        </Button>
        <Button size="small" variant="primary" type="submit">
          {changed === null ? `Add ${words}` : 'Save'}
        </Button>
      </div>
    </form>
  );
}
