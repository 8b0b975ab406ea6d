type ScreenParts = typeof import('../screen/terminal-screen');

let parts: Promise<ScreenParts> | null = null;

/** xterm.js and its font, fetched when the first terminal is wanted: the page itself does without. */
export function loadScreenParts(): Promise<ScreenParts> {
  parts ??= fetchParts().catch((error: unknown) => {
    // The next one tries again.
    parts = null;
    throw error;
  });
  return parts;
}

async function fetchParts(): Promise<ScreenParts> {
  const screen = await import('../screen/terminal-screen');
  await screen.loadTerminalFont();
  return screen;
}
