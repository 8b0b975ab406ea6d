export type MenuPlace = 'canvas' | 'node' | 'link' | 'probe' | 'ghost';

/** Ids of actions, in groups. */
export const menuItems: Readonly<Record<MenuPlace, readonly (readonly string[])[]>> = {
  canvas: [
    ['add.host', 'add.router', 'add.switch'],
    ['terminal.lab'],
    ['canvas.paste', 'canvas.select-all'],
    ['canvas.fit', 'canvas.tidy-up'],
  ],
  node: [
    [
      'terminal.here',
      'canvas.wire-from',
      'canvas.ping-from',
      'canvas.rename',
      'drift.adopt',
      'drift.revert',
      'canvas.edit',
    ],
    ['canvas.align-row', 'canvas.align-column'],
    ['canvas.copy', 'canvas.cut', 'canvas.duplicate', 'canvas.delete'],
  ],
  link: [['canvas.toggle-link', 'drift.adopt', 'drift.revert', 'canvas.edit'], ['canvas.delete']],
  probe: [['canvas.edit'], ['canvas.delete']],
  ghost: [['drift.adopt', 'drift.revert', 'canvas.edit']],
};
