/** Places whose keys belong to the canvas: itself, the palette beside it, or nothing at all. */
const canvasPlaces = '[data-canvas], [data-node-palette]';

/** Whether Delete, copy and the like are meant for the drawing, and not for a panel or a text that is marked there. */
export function canvasHasKeys(): boolean {
  const active = document.activeElement;
  if (active === null || active === document.body) return window.getSelection()?.isCollapsed !== false;
  return active.closest(canvasPlaces) !== null;
}
