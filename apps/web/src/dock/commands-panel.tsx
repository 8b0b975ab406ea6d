import { commandsOf, scriptOf } from '@vethlab/planner';
import { Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { readable } from '../connection';
import { formatQuantity } from '../format/numbers';
import { useLabStore } from '../lab';
import { downloadText } from '../labs/download';
import { fileStem } from '../labs/lab-commands';
import { CopyButton, EmptyState, IconButton, Segmented } from '../ui';

/** Longer scripts are shown to here; copying and downloading take all of it. */
const maxShownCharacters = 200_000;

/** The commands that mean the same: of the whole lab, and of the last change. */
export function CommandsPanel(): React.JSX.Element {
  const [which, setWhich] = useState<'lab' | 'change'>('lab');
  return (
    <div className="flex h-full flex-col">
      {which === 'lab' ? (
        <LabScript chooser={<Chooser which={which} onChange={setWhich} />} />
      ) : (
        <LastChange chooser={<Chooser which={which} onChange={setWhich} />} />
      )}
    </div>
  );
}

interface ChooserProps {
  readonly which: 'lab' | 'change';
  readonly onChange: (which: 'lab' | 'change') => void;
}

function Chooser({ which, onChange }: ChooserProps): React.JSX.Element {
  return (
    <Segmented
      label="Commands of"
      value={which}
      onValueChange={onChange}
      items={[
        { value: 'lab', label: 'Whole lab' },
        { value: 'change', label: 'Last change' },
      ]}
    />
  );
}

function LabScript({ chooser }: { readonly chooser: React.ReactNode }): React.JSX.Element {
  const topology = useLabStore((lab) => lab.topology);
  const script = useMemo(() => {
    if (topology === null) return { text: '', problem: null };
    try {
      return { text: scriptOf(topology), problem: null };
    } catch (error) {
      // A document that is being mended can hold what no script may: say so instead of half a script.
      return { text: '', problem: readable(error) };
    }
  }, [topology]);
  const isEmpty = topology !== null && Object.keys(topology.nodes).length === 0;
  return (
    <>
      <Bar chooser={chooser} note="Builds the same lab without Vethlab. Run it as root, or inside a sandbox.">
        {script.text === '' ? null : (
          <>
            <CopyButton text={script.text} label="Copy the script" />
            <IconButton
              size="small"
              label="Download the script"
              onClick={() => downloadText(`${fileStem(topology?.name ?? '') || 'lab'}.sh`, script.text)}
            >
              <Download />
            </IconButton>
          </>
        )}
      </Bar>
      {script.problem === null ? (
        isEmpty ? (
          <EmptyState title="The lab is empty" command="ip netns add h1">
            Each thing you draw adds its commands here. Start with a host from the palette.
          </EmptyState>
        ) : (
          <Shell label="Script of the whole lab" text={script.text} />
        )
      ) : (
        <EmptyState title="No script can be made of this document">{script.problem}</EmptyState>
      )}
    </>
  );
}

function LastChange({ chooser }: { readonly chooser: React.ReactNode }): React.JSX.Element {
  const report = useLabStore((lab) => lab.lastApply);
  const text = useMemo(
    () => (report === null ? '' : report.plan.flatMap((step) => commandsOf(step.operation)).join('\n')),
    [report],
  );
  if (report === null || text === '') {
    return (
      <>
        <Bar chooser={chooser} note="" />
        <EmptyState title="Nothing was changed in the kernel yet" command="ip -n h1 address add 10.0.0.1/24 dev eth0">
          Draw or type something: the commands of each change are shown here.
        </EmptyState>
      </>
    );
  }
  const left = report.steps - report.plan.length;
  return (
    <>
      <Bar
        chooser={chooser}
        note={`Revision ${report.revision}: ${formatQuantity(report.steps, 'step')}${left > 0 ? `, the first ${report.plan.length} shown` : ''}.`}
      >
        <CopyButton text={text} label="Copy the commands" />
      </Bar>
      <Shell label="Commands of the last change" text={text} />
    </>
  );
}

interface BarProps {
  readonly chooser: React.ReactNode;
  readonly note: string;
  readonly children?: React.ReactNode;
}

function Bar({ chooser, note, children }: BarProps): React.JSX.Element {
  return (
    <div className="flex shrink-0 items-center gap-2 border-b border-line px-3 py-1">
      {chooser}
      <span className="min-w-0 flex-1 truncate text-xs text-muted">{note}</span>
      {children}
    </div>
  );
}

function Shell({ label, text }: { readonly label: string; readonly text: string }): React.JSX.Element {
  const isCut = text.length > maxShownCharacters;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a region of text that scrolls, and has to be reached by keyboard.
    <div
      role="region"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the same.
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto bg-sunken px-3 py-2"
    >
      <pre className="font-mono text-xs leading-5">{isCut ? text.slice(0, maxShownCharacters) : text}</pre>
      {isCut ? <p className="py-2 text-muted">The rest is left out here; copy or download the script.</p> : null}
    </div>
  );
}
