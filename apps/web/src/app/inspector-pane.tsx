import type { ReactNode } from 'react';
import { panelLimits } from '../view/kept-view';
import { useViewStore, viewActions } from '../view/view-store';
import { ResizeHandle } from './resize-handle';

/** The right side: as wide as the person made it. */
export function InspectorPane({ children }: { readonly children: ReactNode }): React.JSX.Element | null {
  const { open, width } = useViewStore((view) => view.inspector);
  if (!open) return null;
  return (
    <aside aria-label="Inspector" className="relative flex shrink-0 bg-surface" style={{ width }}>
      <ResizeHandle
        label="Width of the inspector"
        orientation="vertical"
        size={width}
        limits={panelLimits.inspectorWidth}
        onResize={(next) => viewActions.setInspector({ width: next })}
        onCollapse={() => viewActions.setInspector({ open: false })}
      />
      <div className="min-w-0 flex-1 overflow-auto border-l border-line">{children}</div>
    </aside>
  );
}
