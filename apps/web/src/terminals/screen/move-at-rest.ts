/** Longer than a typist takes from key to key. */
const restMs = 150;

/**
 * Where the cursor is, xterm.js puts the field that takes the keys, which nobody sees: input methods open their list there, and magnifiers
 * follow it. It does so with every sign, and each time the browser works out style and place of it before the frame that shows the sign: a
 * quarter of that frame. Here the field follows when typing rests, and at once while an input method composes.
 */
export function moveAtRest(field: HTMLElement): void {
  const { style } = field;
  const waiting = new Map<string, string>();
  let isComposing = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const move = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    for (const [name, value] of waiting) Reflect.set(style, name, value);
    waiting.clear();
  };
  const later = new Proxy(style, {
    get: (_style, name) => {
      const found: unknown = (typeof name === 'string' ? waiting.get(name) : undefined) ?? Reflect.get(style, name);
      return typeof found === 'function' ? found.bind(style) : found;
    },
    set: (_style, name, value: string) => {
      if (isComposing || typeof name !== 'string') return Reflect.set(style, name, value);
      waiting.set(name, value);
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(move, restMs);
      return true;
    },
  });
  Object.defineProperty(field, 'style', { configurable: true, value: later });
  field.addEventListener(
    'compositionstart',
    () => {
      isComposing = true;
      move();
    },
    { capture: true },
  );
  field.addEventListener(
    'compositionend',
    () => {
      isComposing = false;
    },
    { capture: true },
  );
}
