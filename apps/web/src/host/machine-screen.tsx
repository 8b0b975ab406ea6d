import { PanelRight } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { InspectorPane } from '../app/inspector-pane';
import { navigate } from '../app/route';
import { ThemeMenu } from '../header/theme-menu';
import { Badge, Button, EmptyState, IconButton } from '../ui';
import { useViewStore, viewActions } from '../view';
import { MachineCanvas } from './machine-canvas';
import { isBare, machineDrawing } from './machine-drawing';
import { MachineInspector } from './machine-inspector';
import type { MachineSelection } from './selection';
import { type Machine, useMachine } from './use-machine';
import { useMachinePlaces } from './use-machine-places';

/** `/machine`: what is on the machine of a server that runs labs on it. To be looked at; what can be done is to give something to a lab. */
export function MachineScreen(): React.JSX.Element {
  const machine = useMachine();
  const { found, problem } = machine;
  useEffect(() => {
    document.title = 'This machine – Vethlab';
  }, []);
  return (
    <div className="relative flex h-full flex-col">
      <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-surface px-2">
        <button
          type="button"
          aria-label="All labs"
          onClick={() => navigate({ screen: 'labs' })}
          className="inline-flex size-8 shrink-0 items-center justify-center rounded-md hover:bg-hover"
        >
          <img src="/vethlab.svg" alt="" className="size-5" />
        </button>
        <h1 className="text-sm font-semibold">This machine</h1>
        <Badge>read-only</Badge>
        <span className="flex-1" />
        <ThemeMenu />
        <InspectorToggle />
      </header>
      {problem === null ? null : (
        <p role="alert" className="shrink-0 border-b border-line bg-failing-soft px-4 py-2 text-failing">
          ✕ {problem} {found === null ? '' : 'What is drawn is what was seen last.'}
        </p>
      )}
      {found === null ? (
        <main className="grid flex-1 place-items-center text-muted">
          {problem === null ? (
            'Looking at the machine…'
          ) : (
            <Button onClick={() => navigate({ screen: 'labs' })}>All labs</Button>
          )}
        </main>
      ) : isBare(found) ? (
        <main className="grid flex-1 place-items-center">
          <EmptyState title="Nothing on this machine yet" command="sudo ip netns add ns1">
            Namespaces, containers, veth pairs and bridges are drawn here as soon as somebody makes them.
          </EmptyState>
        </main>
      ) : (
        <Drawn machine={machine} found={found} />
      )}
    </div>
  );
}

function Drawn({
  machine: { problem, refresh },
  found,
}: {
  readonly machine: Machine;
  readonly found: NonNullable<Machine['found']>;
}): React.JSX.Element {
  const [chosen, setChosen] = useState<MachineSelection | null>(null);
  const drawing = useMemo(() => machineDrawing(found), [found]);
  const places = useMachinePlaces(drawing.topology);
  const select = (selection: MachineSelection | null): void => {
    setChosen(selection);
    if (selection !== null) viewActions.setInspector({ open: true });
  };
  return (
    <div className="flex min-h-0 flex-1">
      <main aria-label="Drawing of this machine" className="relative min-w-0 flex-1">
        {places === null ? null : (
          <MachineCanvas
            drawing={drawing}
            places={places}
            liveness={problem === null ? 'live' : 'unknown'}
            selection={chosen}
            onSelect={select}
          />
        )}
      </main>
      <InspectorPane>
        <MachineInspector found={found} drawing={drawing} selection={chosen} onSelect={select} onAdopted={refresh} />
      </InspectorPane>
    </div>
  );
}

function InspectorToggle(): React.JSX.Element {
  const open = useViewStore((view) => view.inspector.open);
  return (
    <IconButton label="Inspector" pressed={open} onClick={() => viewActions.setInspector({ open: !open })}>
      <PanelRight />
    </IconButton>
  );
}
