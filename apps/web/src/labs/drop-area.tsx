import { type DragEvent, type ReactNode, useRef, useState } from 'react';

export interface DropAreaProps {
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ReactNode;
}

/** The whole page takes files, and says so while one hovers over it. */
export function DropArea({ onFiles, children }: DropAreaProps): React.JSX.Element {
  const [over, setOver] = useState(false);
  // Entering a child leaves its parent: only the count of both tells when the pointer is really gone.
  const depth = useRef(0);
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');
  const enter = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    depth.current++;
    setOver(true);
  };
  const leave = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    depth.current--;
    if (depth.current <= 0) setOver(false);
  };
  const drop = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth.current = 0;
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has its equal in the import button.
    <div
      className="relative flex h-full flex-col"
      onDragEnter={enter}
      onDragLeave={leave}
      onDragOver={(event) => {
        if (hasFiles(event)) event.preventDefault();
      }}
      onDrop={drop}
    >
      {children}
      {over ? (
        <div className="pointer-events-none absolute inset-3 z-20 flex items-center justify-center rounded-2xl border-2 border-dashed border-accent bg-accent-soft/80 text-sm font-medium text-accent">
          Drop lab files to import them, or a shell script to read it first
        </div>
      ) : null}
    </div>
  );
}
