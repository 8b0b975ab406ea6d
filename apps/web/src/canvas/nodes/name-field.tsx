import { nodeOf, parseNodeName } from '@vethlab/topology';
import { useId, useState } from 'react';
import { labActions, labStore } from '../../lab';
import { ProblemNote } from '../../ui';
import { viewActions, viewStore } from '../../view';
import { setCanvas } from '../state/canvas-store';
import { canvasView } from '../state/canvas-view';
import { asNodeName } from '../state/names';

/** Renames a node in place. Enter or leaving commits a valid name, Esc reverts; a refused one stays with the reason and a name that works. */
export function NameField({ name }: { readonly name: string }): React.JSX.Element {
  const [text, setText] = useState(name);
  const [refusal, setRefusal] = useState<string | null>(null);
  const noteId = useId();
  const parsed = parseNodeName(text);
  const problem = parsed.ok ? refusal : parsed.problem.detail;
  const fix = parsed.ok ? undefined : parsed.problem.fix?.value;

  const close = (chosen: string): void => {
    setCanvas({ renaming: null });
    requestAnimationFrame(() => {
      // A quick person has gone on to something else meanwhile.
      const { nodes } = viewStore.getState().selection;
      if (document.activeElement === document.body && nodes.length === 1 && nodes[0] === chosen)
        canvasView()?.focusNode(chosen);
    });
  };
  const commit = async (): Promise<void> => {
    if (!parsed.ok) return;
    if (text === name) return close(name);
    const sent = labActions.edit({ type: 'rename-node', node: asNodeName(name), to: parsed.value });
    // Shown at once; the server only rarely knows better.
    const shown = labStore.getState().topology;
    const taken = shown !== null && nodeOf(shown, parsed.value) !== null && nodeOf(shown, name) === null;
    if (taken) {
      viewActions.select({ nodes: [parsed.value] });
      close(parsed.value);
    }
    const outcome = await sent;
    if (outcome.ok) return;
    setRefusal(outcome.diagnostics[0]?.detail ?? 'The name was refused.');
    if (taken) setCanvas({ note: { node: name, diagnostics: outcome.diagnostics } });
  };
  return (
    <span className="nodrag nopan">
      <input
        className="vl-name-field"
        aria-label={`Name of ${name}`}
        aria-invalid={problem === null ? undefined : true}
        aria-describedby={problem === null ? undefined : noteId}
        ref={(field) => {
          if (field !== null && document.activeElement !== field && !field.dataset.seen) {
            field.dataset.seen = 'yes';
            field.focus();
            field.select();
          }
        }}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value);
          setRefusal(null);
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Enter') void commit();
          if (event.key === 'Escape') {
            setText(name);
            close(name);
          }
        }}
        onBlur={() => void commit()}
      />
      {problem === null ? null : (
        // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the focus in the field while its fix is pressed.
        <span id={noteId} className="vl-name-problem" onMouseDown={(event) => event.preventDefault()}>
          <ProblemNote
            problem={{
              severity: 'error',
              text: problem,
              ...(fix === undefined ? {} : { fix: { label: `Use ${fix}`, run: () => setText(fix) } }),
            }}
          />
        </span>
      )}
    </span>
  );
}
