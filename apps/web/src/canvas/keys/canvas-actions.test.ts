import { describe, expect, it } from 'vitest';
import { appActions } from '../../app/app-actions';
import { driftActions } from '../../drift/drift-actions';
import { terminalActions } from '../../terminals/terminal-actions';
import { menuItems } from '../menus/menu-items';
import { canvasActions } from './canvas-actions';

describe('the keys of the canvas', () => {
  it('are each used once, and not by the frame around it', () => {
    const keys = [...canvasActions, ...appActions, ...driftActions, ...terminalActions].flatMap(
      (action) => action.keys ?? [],
    );
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
  it('are those people know from elsewhere', () => {
    const keysOf = (id: string) => canvasActions.find((action) => action.id === id)?.keys;
    expect(keysOf('canvas.tool-select')).toEqual(['v']);
    expect(keysOf('canvas.tool-pan')).toEqual(['h']);
    expect(keysOf('canvas.fit')).toEqual(['1']);
    expect(keysOf('canvas.ping-from')).toEqual(['p']);
    expect(keysOf('canvas.rename')).toEqual(['f2']);
    expect(keysOf('canvas.duplicate')).toEqual(['mod+d']);
    expect(keysOf('canvas.select-all')).toEqual(['mod+a']);
  });
});

describe('the context menus', () => {
  it('name actions that exist', () => {
    const ids = new Set([...canvasActions, ...driftActions, ...terminalActions].map((action) => action.id));
    for (const id of Object.values(menuItems).flat(2)) expect(ids, id).toContain(id);
  });
});
