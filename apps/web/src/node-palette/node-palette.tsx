import { PaletteItem } from './palette-item';

/** The kinds of nodes to take: drag one to its place, click it, or focus it and press Enter. */
export function NodePalette(): React.JSX.Element {
  return (
    <div
      data-node-palette
      role="toolbar"
      aria-label="Add nodes"
      aria-orientation="vertical"
      className="flex w-20 flex-col gap-1 p-2"
    >
      <PaletteItem kind="host" keys="shift+h" what="A network stack of its own, like a computer" />
      <PaletteItem kind="router" keys="shift+r" what="Forwards packets between its interfaces" />
      <PaletteItem kind="switch" keys="shift+s" what="A bridge: everything wired to it shares one segment" />
      <PaletteItem kind="internet" keys="shift+i" what="A way out: what is wired to it can reach the world outside" />
    </div>
  );
}
