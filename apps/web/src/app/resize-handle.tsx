import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { classNames } from '../ui';

/** One press of an arrow key. */
const keyStepPx = 24;

export interface ResizeHandleProps {
  readonly label: string;
  /** Of the line itself: a vertical one changes a width. */
  readonly orientation: 'vertical' | 'horizontal';
  readonly size: number;
  readonly limits: { readonly min: number; readonly max: number };
  readonly onResize: (size: number) => void;
  readonly onCollapse: () => void;
}

/** The edge of a panel on the right or at the bottom, by mouse and by arrow keys (the window splitter of WAI-ARIA). */
export function ResizeHandle(props: ResizeHandleProps): React.JSX.Element {
  const { label, orientation, size, limits, onResize, onCollapse } = props;
  const start = useRef<{ readonly at: number; readonly size: number } | null>(null);
  const vertical = orientation === 'vertical';
  const at = (event: PointerEvent): number => (vertical ? event.clientX : event.clientY);
  const press = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { at: at(event), size };
  };
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    // Panels grow to the left and upwards.
    if (start.current !== null) onResize(start.current.size + start.current.at - at(event));
  };
  const release = (): void => {
    start.current = null;
  };
  const key = (event: KeyboardEvent<HTMLDivElement>): void => {
    const grow = vertical ? 'ArrowLeft' : 'ArrowUp';
    const shrink = vertical ? 'ArrowRight' : 'ArrowDown';
    if (event.key === grow) onResize(size + keyStepPx);
    else if (event.key === shrink) onResize(size - keyStepPx);
    else if (event.key === 'Home') onResize(limits.min);
    else if (event.key === 'End') onResize(limits.max);
    else if (event.key === 'Enter') onCollapse();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a splitter that can be operated is not a thematic break.
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={size}
      aria-valuemin={limits.min}
      aria-valuemax={limits.max}
      data-own-keys
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={release}
      onDoubleClick={onCollapse}
      onKeyDown={key}
      className={classNames(
        'absolute z-10 touch-none transition-colors hover:bg-accent focus-visible:bg-accent',
        vertical ? 'inset-y-0 -left-0.5 w-1 cursor-col-resize' : 'inset-x-0 -top-0.5 h-1 cursor-row-resize',
      )}
    />
  );
}
