import { labActions, labStore } from '../lab';
import { createLab, duplicateLab, exportLab } from '../labs/lab-commands';
import { runEdit } from '../notices/tell-outcome';
import { viewActions, viewStore } from '../view';
import type { Action } from './actions';
import { navigate } from './route';

/** Everything that the frame around the canvas can do. The canvas registers its own. */
const inLab = (): boolean => labStore.getState().topology !== null;

const theme = (id: 'system' | 'light' | 'dark', label: string): Action => ({
  id: `view.theme-${id}`,
  label,
  group: 'View',
  keywords: ['dark', 'light', 'colours', 'theme'],
  run: () => viewActions.setTheme(id),
});

const panel = (
  tab: Parameters<typeof viewActions.openDock>[0],
  label: string,
  keywords: readonly string[],
): Action => ({
  id: `panel.${tab}`,
  label,
  group: 'Panels',
  keywords,
  enabled: inLab,
  run: () => viewActions.openDock(tab),
});

export const appActions: readonly Action[] = [
  {
    id: 'edit.undo',
    label: () => withLabel('Undo', labStore.getState().undoLabel),
    group: 'Edit',
    keys: ['mod+z'],
    enabled: () => labStore.getState().canUndo,
    run: () => runEdit(labActions.undo()),
  },
  {
    id: 'edit.redo',
    label: () => withLabel('Redo', labStore.getState().redoLabel),
    group: 'Edit',
    keys: ['shift+mod+z', 'mod+y'],
    enabled: () => labStore.getState().canRedo,
    run: () => runEdit(labActions.redo()),
  },
  {
    id: 'app.command-palette',
    label: 'Search everything one can do',
    group: 'Help',
    keys: ['mod+k'],
    hiddenInPalette: true,
    run: () => viewActions.setCommandPaletteOpen(!viewStore.getState().commandPaletteOpen),
  },
  {
    id: 'app.shortcuts',
    label: 'Keyboard shortcuts',
    group: 'Help',
    keys: ['?'],
    run: () => viewActions.setShortcutsOpen(true),
  },
  {
    id: 'lab.start',
    label: 'Start the lab',
    group: 'Lab',
    keywords: ['run', 'play'],
    enabled: () => inLab() && ['stopped', 'failed'].includes(labStore.getState().run.state),
    run: () => labActions.start(),
  },
  {
    id: 'lab.stop',
    label: 'Stop the lab',
    group: 'Lab',
    keywords: ['teardown', 'halt'],
    enabled: () => inLab() && ['running', 'starting', 'restarting'].includes(labStore.getState().run.state),
    run: () => labActions.stop(),
  },
  {
    id: 'lab.live',
    label: 'Live: edits act at once',
    group: 'Lab',
    enabled: () => inLab() && labStore.getState().mode === 'held',
    run: () => labActions.setMode('live'),
  },
  {
    id: 'lab.held',
    label: 'Hold: edits wait for Apply',
    group: 'Lab',
    enabled: () => inLab() && labStore.getState().mode === 'live',
    run: () => labActions.setMode('held'),
  },
  {
    id: 'lab.apply',
    label: 'Apply what is held back',
    group: 'Lab',
    keys: ['mod+enter'],
    enabled: () => inLab() && labStore.getState().mode === 'held',
    run: () => labActions.applyHeld(),
  },
  {
    id: 'lab.new',
    label: 'New lab',
    group: 'Lab',
    keywords: ['create', 'empty'],
    run: () => createLab({ name: 'Untitled lab' }),
  },
  {
    id: 'lab.duplicate',
    label: 'Duplicate this lab',
    group: 'Lab',
    keywords: ['copy'],
    enabled: inLab,
    run: () => onLab(duplicateLab),
  },
  {
    id: 'lab.export',
    label: 'Export the lab file',
    group: 'Lab',
    keywords: ['download', 'save', 'yaml'],
    enabled: inLab,
    run: () => onLab(exportLab),
  },
  {
    id: 'lab.all',
    label: 'All labs',
    group: 'Lab',
    keywords: ['list', 'open', 'examples'],
    run: () => navigate({ screen: 'labs' }),
  },
  panel('pings', 'Show pings', ['probe', 'rtt', 'loss']),
  panel('reachability', 'Show the reachability matrix', ['reach', 'all hosts']),
  panel('plan', 'Show the plan', ['steps', 'held']),
  panel('commands', 'Show the commands', ['script', 'ip', 'shell']),
  panel('events', 'Show events', ['log', 'history']),
  panel('problems', 'Show problems', ['errors', 'warnings', 'diagnostics']),
  {
    id: 'view.dock',
    label: () => (viewStore.getState().dock.open ? 'Close the dock' : 'Open the dock'),
    group: 'View',
    keys: ['mod+j'],
    enabled: inLab,
    run: () => viewActions.setDock({ open: !viewStore.getState().dock.open }),
  },
  {
    id: 'view.inspector',
    label: () => (viewStore.getState().inspector.open ? 'Close the inspector' : 'Open the inspector'),
    group: 'View',
    keys: ['mod+i'],
    enabled: inLab,
    run: () => viewActions.setInspector({ open: !viewStore.getState().inspector.open }),
  },
  {
    id: 'view.presentation',
    label: () => (viewStore.getState().presentation ? 'Leave presentation mode' : 'Presentation mode'),
    group: 'View',
    keys: ['shift+mod+p'],
    keywords: ['projector', 'full', 'class'],
    enabled: inLab,
    run: () => viewActions.setPresentation(!viewStore.getState().presentation),
  },
  theme('light', 'Light theme'),
  theme('dark', 'Dark theme'),
  theme('system', 'Theme of the machine'),
];

function withLabel(verb: string, what: string | null): string {
  return what === null ? verb : `${verb} “${what}”`;
}

function onLab(command: (labId: string, name: string) => Promise<boolean>): void {
  const { labId, topology } = labStore.getState();
  if (labId !== null) void command(labId, topology?.name ?? '');
}
