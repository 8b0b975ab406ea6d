/**
 * Notices Enter on the canvas while an offer is on its way: a quick hand answers what it knows will be asked. The key goes nowhere else meanwhile.
 * Enter in a field or on a button outside of the canvas means that, and is left alone; so is a key that is still held from choosing the other node.
 */
export function watchForEnter(): { readonly pressed: () => boolean; readonly end: () => void } {
  let pressed = false;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.repeat || !isOnCanvas(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    pressed = true;
  };
  window.addEventListener('keydown', onKeyDown, { capture: true });
  return {
    pressed: () => pressed,
    end: () => window.removeEventListener('keydown', onKeyDown, { capture: true }),
  };
}

function isOnCanvas(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || target.isContentEditable) return false;
  if (target.closest('input, textarea, select') !== null) return false;
  return target === document.body || target.closest('.react-flow') !== null;
}
