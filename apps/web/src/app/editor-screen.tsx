import { useEffect } from 'react';
import { Canvas } from '../canvas';
import { ConsentBanner } from '../consent/consent-banner';
import { Dock } from '../dock/dock';
import { Header } from '../header/header';
import { ConflictBanner } from '../host';
import { Inspector } from '../inspector';
import { openLab, useLabStore } from '../lab';
import { NodePalette } from '../node-palette';
import { ConnectionBanner } from '../notices/connection-banner';
import { useViewStore } from '../view';
import { InspectorPane } from './inspector-pane';
import { LabClosedScreen } from './lab-closed-screen';

/** The one screen: palette, canvas, inspector, dock. */
export function EditorScreen({ labId }: { readonly labId: string }): React.JSX.Element {
  useEffect(() => openLab(labId), [labId]);
  const closed = useLabStore((lab) => lab.closed);
  const name = useLabStore((lab) => lab.topology?.name ?? null);
  const presentation = useViewStore((view) => view.presentation);
  useEffect(() => {
    document.title = name === null ? 'Vethlab' : `${name} – Vethlab`;
  }, [name]);
  if (closed !== null) return <LabClosedScreen closed={closed} />;
  return (
    <div className="relative flex h-full flex-col">
      <Header />
      <ConnectionBanner />
      <ConflictBanner />
      <ConsentBanner />
      <div className="flex min-h-0 flex-1">
        {presentation ? null : (
          <aside aria-label="Palette" className="shrink-0 border-r border-line bg-surface">
            <NodePalette />
          </aside>
        )}
        <main aria-label="Canvas" className="relative min-w-0 flex-1">
          <Canvas />
        </main>
        <InspectorPane>
          <Inspector />
        </InspectorPane>
      </div>
      <Dock />
    </div>
  );
}
