const waiting: (() => void)[] = [];
let scheduled = false;

/**
 * Resolves when it is this piece of work's turn. Long work (reading, writing or checking 1,000 nodes) is cut into slices
 * of a few milliseconds with a turn before each; and one turn of the event loop has one such slice, whoever wants more.
 * Otherwise the slices of three labs that start at once would hold the loop for three slices at a stretch.
 */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    schedule();
  });
}

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  // Asked for from inside of an immediate, the next one runs after the loop has looked for input again.
  setImmediate(() => {
    scheduled = false;
    waiting.shift()?.();
    if (waiting.length > 0) schedule();
  });
}
