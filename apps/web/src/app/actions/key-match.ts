import { isApple, splitKeys } from '../../ui/key-names';

/** The parts of a keyboard event that a shortcut looks at. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/**
 * Whether a key press is the shortcut. A single sign such as `?` matches whatever modifiers the keyboard layout needs
 * to type it; letters and named keys match their modifiers exactly.
 */
export function matchesKeys(press: KeyPress, keys: string, apple: boolean = isApple): boolean {
  const parts = splitKeys(keys.toLowerCase());
  const key = parts.at(-1) ?? '';
  const wanted = new Set(parts.slice(0, -1));
  const mod = apple ? press.metaKey : press.ctrlKey;
  const otherMod = apple ? press.ctrlKey : press.metaKey;
  if (mod !== wanted.has('mod') || otherMod !== (apple && wanted.has('ctrl')) || press.altKey !== wanted.has('alt')) {
    return false;
  }
  const isSign = key.length === 1 && !/[a-z0-9]/.test(key);
  if (!isSign && press.shiftKey !== wanted.has('shift')) return false;
  const pressed = press.key === ' ' ? 'space' : press.key.toLowerCase();
  return pressed === key;
}
