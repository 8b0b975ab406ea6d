/** Whether this machine calls the command key ⌘. `userAgentData` is not everywhere yet. */
export const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

const names = new Map<string, string>([
  ['mod', isApple ? '⌘' : 'Ctrl'],
  ['ctrl', 'Ctrl'],
  ['shift', isApple ? '⇧' : 'Shift'],
  ['alt', isApple ? '⌥' : 'Alt'],
  ['enter', 'Enter'],
  ['escape', 'Esc'],
  ['delete', 'Del'],
  ['backspace', isApple ? '⌫' : 'Backspace'],
  ['arrowup', '↑'],
  ['arrowdown', '↓'],
  ['arrowleft', '←'],
  ['arrowright', '→'],
  ['arrows', '← ↑ ↓ →'],
  ['space', 'Space'],
]);

/** `mod+shift+z` → `['Ctrl', 'Shift', 'Z']`. */
export function keyParts(keys: string): readonly string[] {
  return keys.split('+').map((part) => names.get(part) ?? (part.length === 1 ? part.toUpperCase() : part));
}
