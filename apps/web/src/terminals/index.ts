export { goToTerminal } from './acts/open-terminal';
export { TerminalsPanel } from './panel/terminals-panel';
export { type TerminalArea, useTerminalArea } from './use-terminal-area';
export { useTerminalsOfLab } from './use-terminals-of-lab';
