import { useEffect } from 'react';
import { CommandPalette } from '../command-palette/command-palette';
import { ShortcutsDialog } from '../command-palette/shortcuts-dialog';
import { driftActions } from '../drift';
import { MachineScreen } from '../host';
import { ImportDialog, importActions } from '../import';
import { LabsScreen } from '../labs/labs-screen';
import { Notices } from '../notices/notices';
import { useThemeOnPage } from '../theme/use-theme';
import { TooltipProvider } from '../ui';
import { useGlobalKeys, useRegisterActions } from './actions';
import { appActions } from './app-actions';
import { EditorScreen } from './editor-screen';
import { ErrorBoundary } from './error-boundary';
import { followHistory, useRoute } from './route';

export function App(): React.JSX.Element {
  const route = useRoute();
  useThemeOnPage();
  useGlobalKeys();
  useRegisterActions(appActions);
  useRegisterActions(driftActions);
  useRegisterActions(importActions);
  useEffect(followHistory, []);
  return (
    <TooltipProvider delayDuration={400} skipDelayDuration={200}>
      <ErrorBoundary>
        {route.screen === 'labs' ? <LabsScreen /> : null}
        {route.screen === 'machine' ? <MachineScreen /> : null}
        {route.screen === 'lab' ? <EditorScreen key={route.labId} labId={route.labId} /> : null}
        <CommandPalette />
        <ShortcutsDialog />
        <ImportDialog />
        <Notices />
      </ErrorBoundary>
    </TooltipProvider>
  );
}
