import type { IFunctionIdentifier, Terminal } from '@xterm/xterm';

/** Control sequences that make a terminal write an answer as if it had been typed (ctlseqs of xterm). */
const csiQueries: readonly IFunctionIdentifier[] = [
  // Device attributes.
  { final: 'c' },
  { prefix: '>', final: 'c' },
  { prefix: '=', final: 'c' },
  // Status and position of the cursor.
  { final: 'n' },
  { prefix: '?', final: 'n' },
  // Modes.
  { intermediates: '$', final: 'p' },
  { prefix: '?', intermediates: '$', final: 'p' },
  // Name and version.
  { prefix: '>', final: 'q' },
];

/** Colours: by number, foreground, background, cursor. They are set by the same codes; only a `?` asks. */
const oscQueries = [4, 10, 11, 12] as const;

/**
 * Answers to a program only when this viewer may. Without it a replay of the scrollback would answer old questions into
 * the shell as keystrokes, and every one of several viewers would answer each new one.
 */
export function muteQueries(terminal: Terminal, mayAnswer: () => boolean): void {
  for (const query of csiQueries) terminal.parser.registerCsiHandler(query, () => !mayAnswer());
  for (const code of oscQueries) terminal.parser.registerOscHandler(code, (data) => data.includes('?') && !mayAnswer());
  // Status strings (DECRQSS).
  terminal.parser.registerDcsHandler({ intermediates: '$', final: 'q' }, () => !mayAnswer());
}

/**
 * What the shell says of itself: `C` before it runs a command, `A` when it waits for the next one (OSC 133, the "semantic
 * prompts" of FinalTerm). A program may say the same; nothing but the question before closing depends on it.
 */
export function watchPrompt(terminal: Terminal, onBusy: (isBusy: boolean) => void): void {
  terminal.parser.registerOscHandler(133, (data) => {
    if (data.startsWith('C')) onBusy(true);
    else if (data.startsWith('A')) onBusy(false);
    return true;
  });
}
