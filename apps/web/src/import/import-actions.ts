import type { Action } from '../app/actions';
import { openImport } from './import-store';

/** Reached from the command palette on every screen. */
export const importActions: readonly Action[] = [
  {
    id: 'lab.import-commands',
    label: 'Import commands (a shell script)',
    group: 'Lab',
    keywords: ['script', 'sh', 'ip', 'paste', 'tutorial', 'run', 'shell'],
    run: () => openImport(),
  },
];
