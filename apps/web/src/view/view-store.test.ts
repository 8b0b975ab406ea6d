import { beforeEach, describe, expect, it } from 'vitest';
import { viewActions, viewStore } from './view-store';

const start = viewStore.getState();
beforeEach(() => viewStore.setState(start, true));

describe('the view', () => {
  it('puts the inspector aside while presenting and brings it back as it was', () => {
    viewActions.setInspector({ open: true });
    viewActions.setPresentation(true);
    expect(viewStore.getState().inspector.open).toBe(false);
    viewActions.setInspector({ open: true });
    expect(viewStore.getState().inspector.open).toBe(true);
    viewActions.setInspector({ open: false });
    viewActions.setPresentation(false);
    expect(viewStore.getState().inspector.open).toBe(true);
  });

  it('selects one kind and forgets the others', () => {
    viewActions.select({ nodes: ['h1' as never] });
    viewActions.select({ links: ['a:eth0--b:eth0'] as never });
    expect(viewStore.getState().selection).toEqual({ nodes: [], links: ['a:eth0--b:eth0'], probes: [], ghosts: [] });
  });

  it('asks the canvas to show what is revealed, each time', () => {
    viewActions.reveal({ nodes: ['h1' as never] });
    viewActions.reveal({ nodes: ['h1' as never] });
    expect(viewStore.getState().revealRequests).toBe(2);
  });

  it('shows a notice once per id, keeps five, and forgets what was dismissed', () => {
    viewActions.notify({ id: 'x', level: 'error', text: 'one' });
    viewActions.notify({ id: 'x', level: 'error', text: 'two' });
    expect(viewStore.getState().notices.map((notice) => notice.text)).toEqual(['two']);
    for (let count = 0; count < 6; count++) viewActions.notify({ level: 'info', text: `${count}` });
    expect(viewStore.getState().notices.map((notice) => notice.text)).toEqual(['1', '2', '3', '4', '5']);
    const id = viewActions.notify({ level: 'info', text: 'gone' });
    viewActions.dismiss(id);
    expect(viewStore.getState().notices.some((notice) => notice.text === 'gone')).toBe(false);
  });

  it('holds the sizes of panels inside their limits', () => {
    viewActions.setDock({ height: 10_000 });
    viewActions.setInspector({ width: 1 });
    expect(viewStore.getState().dock.height).toBe(560);
    expect(viewStore.getState().inspector.width).toBe(260);
  });
});
