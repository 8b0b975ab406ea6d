import { type IpAddress, type NodeName, type VrfName, vrfsOf } from '@vethlab/topology';
import { Plus } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { labActions, useLabStore } from '../lab';
import { Button, type FieldProblem, ProblemNote } from '../ui';
import { useViewStore } from '../view';
import { probeTargets } from './probe-targets';

const fieldClass = 'h-7 rounded-md border border-line-strong bg-surface px-2 font-mono text-xs';

/** A new probe: from a node to an address, offered or typed. */
export function ProbeForm(): React.JSX.Element | null {
  const topology = useLabStore((lab) => lab.topology);
  const selectedNode = useViewStore((view) => view.selection.nodes[0]);
  const [chosenFrom, setChosenFrom] = useState<string | null>(null);
  const [chosenVrf, setChosenVrf] = useState('');
  const [mustFail, setMustFail] = useState(false);
  const [to, setTo] = useState('');
  const [problem, setProblem] = useState<FieldProblem | null>(null);
  const listId = useId();
  const noteId = useId();
  if (topology === null) return null;
  const nodes = Object.keys(topology.nodes);
  const from = [chosenFrom, selectedNode, nodes[0]].find((name) => typeof name === 'string' && nodes.includes(name));
  if (from === undefined || from === null) return null;
  const targets = probeTargets(topology, from);
  const vrfs = Object.keys(vrfsOf(topology.nodes[from] ?? {}));
  const vrf = vrfs.find((name) => name === chosenVrf);

  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const address = to.trim();
    if (address === '') {
      setProblem({ severity: 'error', text: 'Type an address, such as 10.0.0.2.' });
      return;
    }
    // The edit's own check parses both; nothing reaches the document or the kernel as it was typed.
    const edit = {
      type: 'add-probe',
      from: from as NodeName,
      to: address as IpAddress,
      ...(vrf === undefined ? {} : { vrf: vrf as VrfName }),
      ...(mustFail ? { expect: 'none' as const } : {}),
    } as const;
    const outcome = await labActions.edit(edit);
    if (outcome.ok) {
      setProblem(null);
      setMustFail(false);
      setTo('');
      return;
    }
    const first = outcome.diagnostics[0];
    const value = first?.fix?.value;
    setProblem({
      severity: 'error',
      text: first?.detail || first?.summary || 'Refused.',
      ...(value === undefined || first?.fix === undefined
        ? {}
        : {
            fix: {
              label: first.fix.label,
              run: () => {
                setTo(value);
                setProblem(null);
              },
            },
          }),
    });
  };

  return (
    <form onSubmit={(event) => void add(event)} className="flex flex-wrap items-center gap-2 px-3 py-2">
      <label className="flex items-center gap-1.5 text-xs text-muted">
        Ping from
        <select value={from} onChange={(event) => setChosenFrom(event.currentTarget.value)} className={fieldClass}>
          {nodes.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      {vrfs.length === 0 ? null : (
        <label className="flex items-center gap-1.5 text-xs text-muted">
          in VRF
          <select
            value={vrf ?? ''}
            onChange={(event) => setChosenVrf(event.currentTarget.value)}
            className={fieldClass}
          >
            <option value="">none</option>
            {vrfs.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
      <label className="flex items-center gap-1.5 text-xs text-muted">
        to
        <input
          value={to}
          onChange={(event) => {
            setTo(event.currentTarget.value);
            setProblem(null);
          }}
          list={listId}
          placeholder={targets[0]?.address ?? '10.0.0.2'}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={problem !== null}
          aria-describedby={noteId}
          className={`${fieldClass} w-56`}
        />
      </label>
      <datalist id={listId}>
        {targets.map((target) => (
          <option key={`${target.node} ${target.address}`} value={target.address}>
            {target.node}
          </option>
        ))}
      </datalist>
      <label className="flex items-center gap-1.5 text-xs text-muted">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={mustFail}
          onChange={(event) => setMustFail(event.currentTarget.checked)}
        />
        must have no answer
      </label>
      <Button size="small" type="submit">
        <Plus aria-hidden="true" className="size-3.5" /> Add probe
      </Button>
      <div id={noteId} aria-live="polite">
        {problem === null ? null : <ProblemNote problem={problem} />}
      </div>
    </form>
  );
}
