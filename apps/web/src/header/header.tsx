import { PanelRight, Presentation, Redo2, Search, Undo2 } from 'lucide-react';
import { runAction } from '../app/actions';
import { DriftBadge, FollowSwitch } from '../drift';
import { useLabStore } from '../lab';
import { Button, IconButton, Kbd } from '../ui';
import { useViewStore, viewActions } from '../view';
import { LabMenu } from './lab-menu';
import { ModeSwitch } from './mode-switch';
import { OutsideBadge } from './outside-badge';
import { RunStatus } from './run-status';
import { ThemeMenu } from './theme-menu';

/** Lab name, live or held, undo, run state, search, looks. */
export function Header(): React.JSX.Element {
  return (
    <header className="relative flex h-12 shrink-0 items-center gap-2 border-b border-line bg-surface px-2">
      <LabMenu />
      <Divider />
      <ModeSwitch />
      <FollowSwitch />
      <UndoRedo />
      <Divider />
      <div className="flex min-w-0 flex-1 items-center gap-2">
        <RunStatus />
        <DriftBadge />
        <OutsideBadge />
      </div>
      <Clients />
      <Button
        className="text-muted"
        aria-label="Search actions"
        onClick={() => viewActions.setCommandPaletteOpen(true)}
      >
        <Search aria-hidden="true" className="size-4" />
        <span className="hidden xl:inline">Search</span>
        <Kbd keys="mod+k" />
      </Button>
      <ThemeMenu />
      <PresentationToggle />
      <InspectorToggle />
    </header>
  );
}

function Divider(): React.JSX.Element {
  return <span aria-hidden="true" className="h-5 w-px shrink-0 bg-line" />;
}

function UndoRedo(): React.JSX.Element {
  const canUndo = useLabStore((lab) => lab.canUndo);
  const canRedo = useLabStore((lab) => lab.canRedo);
  const undoLabel = useLabStore((lab) => lab.undoLabel);
  const redoLabel = useLabStore((lab) => lab.redoLabel);
  return (
    <div className="flex">
      <IconButton
        label="Undo"
        tooltip={undoLabel === null ? 'Undo' : `Undo: ${undoLabel}`}
        keys="mod+z"
        disabled={!canUndo}
        onClick={() => runAction('edit.undo')}
      >
        <Undo2 />
      </IconButton>
      <IconButton
        label="Redo"
        tooltip={redoLabel === null ? 'Redo' : `Redo: ${redoLabel}`}
        keys="shift+mod+z"
        disabled={!canRedo}
        onClick={() => runAction('edit.redo')}
      >
        <Redo2 />
      </IconButton>
    </div>
  );
}

/** Only told when it is more than oneself. */
function Clients(): React.JSX.Element | null {
  const clients = useLabStore((lab) => lab.clients);
  if (clients < 2) return null;
  return <span className="shrink-0 text-xs text-muted tabular-nums">{clients} browsers here</span>;
}

function PresentationToggle(): React.JSX.Element {
  const presentation = useViewStore((view) => view.presentation);
  return (
    <IconButton
      label="Presentation mode"
      keys="shift+mod+p"
      pressed={presentation}
      onClick={() => runAction('view.presentation')}
    >
      <Presentation />
    </IconButton>
  );
}

function InspectorToggle(): React.JSX.Element {
  const open = useViewStore((view) => view.inspector.open);
  return (
    <IconButton label="Inspector" keys="mod+i" pressed={open} onClick={() => viewActions.setInspector({ open: !open })}>
      <PanelRight />
    </IconButton>
  );
}
