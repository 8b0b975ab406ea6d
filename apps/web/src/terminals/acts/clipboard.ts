import { viewActions } from '../../view';

const noticeId = 'terminal-clipboard';

/** Puts marked text on the clipboard. On plain http from another machine there is only the older way, which needs a marked field. */
export async function copyText(text: string): Promise<void> {
  const clipboard: Clipboard | undefined = navigator.clipboard;
  try {
    if (clipboard === undefined) copyByField(text);
    else await clipboard.writeText(text);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    copyByField(text);
  }
}

/** Reads the clipboard for the menu; by key the browser pastes by itself, which needs no leave. Null: it may not. */
export async function readClipboard(): Promise<string | null> {
  const clipboard: Clipboard | undefined = navigator.clipboard;
  try {
    if (clipboard !== undefined) return await clipboard.readText();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
  viewActions.notify({
    id: noticeId,
    level: 'warning',
    text: 'The browser does not let this page read the clipboard.',
    detail: 'Press Ctrl+Shift+V in the terminal instead.',
  });
  return null;
}

function copyByField(text: string): void {
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.setAttribute('aria-hidden', 'true');
  field.className = 'sr-only';
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  if (!copied) viewActions.notify({ id: noticeId, level: 'warning', text: 'The browser did not let this page copy.' });
}
