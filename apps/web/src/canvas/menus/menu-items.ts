export type MenuPlace = 'canvas' | 'node' | 'link' | 'probe';

/** Ids of actions, in groups. */
export const menuItems: Readonly<Record<MenuPlace, readonly (readonly string[])[]>> = {
  canvas: [
    ['add.host', 'add.router', 'add.switch'],
    ['terminal.lab'],
    ['canvas.paste', 'canvas.select-all'],
    ['canvas.fit', 'canvas.tidy-up'],
  ],
  node: [
    ['terminal.here', 'canvas.wire-from', 'canvas.ping-from', 'canvas.rename', 'canvas.edit'],
    ['canvas.align-row', 'canvas.align-column'],
    ['canvas.copy', 'canvas.cut', 'canvas.duplicate', 'canvas.delete'],
  ],
  link: [['canvas.toggle-link', 'canvas.edit'], ['canvas.delete']],
  probe: [['canvas.edit'], ['canvas.delete']],
};
