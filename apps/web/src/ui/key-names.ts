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
  ['f2', 'F2'],
]);

/** The parts of a shortcut in the notation of the actions registry: `mod+z` → `mod`, `z`; the last may be `+` itself. */
export function splitKeys(keys: string): readonly string[] {
  if (keys === '+') return ['+'];
  return keys.endsWith('++') ? [...keys.slice(0, -2).split('+'), '+'] : keys.split('+');
}

/** `mod+shift+z` → `['Ctrl', 'Shift', 'Z']`. */
export function keyParts(keys: string): readonly string[] {
  return splitKeys(keys).map(
    (part) => names.get(part) ?? (part.length === 1 || /^f\d+$/.test(part) ? part.toUpperCase() : part),
  );
}
