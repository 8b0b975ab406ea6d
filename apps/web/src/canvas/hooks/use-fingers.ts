import { useEffect } from 'react';
import { setCanvas, useCanvasStore } from '../state/canvas-store';

/**
 * Whether the canvas is worked on with fingers. Told by what pressed last, for many machines have both; before the first
 * press, by what the machine mainly has.
 */
export function useFingers(): boolean {
  useEffect(() => {
    setCanvas({ byFinger: window.matchMedia('(pointer: coarse)').matches });
    // In the capture phase of the window: the canvas knows before it handles the very same press.
    const press = (event: PointerEvent): void => setCanvas({ byFinger: event.pointerType === 'touch' });
    window.addEventListener('pointerdown', press, { capture: true });
    return () => window.removeEventListener('pointerdown', press, { capture: true });
  }, []);
  return useCanvasStore((canvas) => canvas.byFinger);
}
