import { Play, Square } from 'lucide-react';
import { labActions, useLabStore } from '../lab';
import { Badge, Button, IconButton, Tooltip } from '../ui';
import { runWords } from './run-words';

/** How the lab is running, what it waits for, and the one thing to do about it. */
export function RunStatus(): React.JSX.Element | null {
  const known = useLabStore((lab) => lab.topology !== null);
  const run = useLabStore((lab) => lab.run);
  const progress = useLabStore((lab) => lab.progress);
  const mode = useLabStore((lab) => lab.mode);
  const behind = useLabStore((lab) => lab.appliedRevision < lab.revision);
  const lost = useLabStore((lab) => lab.connection === 'lost');
  if (!known) return <span className="text-muted">{lost ? 'Not connected' : 'Opening…'}</span>;
  if (lost) {
    return (
      <Badge>
        <span aria-hidden="true">◌</span>
        Not connected
      </Badge>
    );
  }
  const words = runWords(run, progress, mode, behind);
  return (
    <>
      <span role="status" className="flex min-w-0 items-center gap-2">
        {words.detail === null ? (
          <Badge tone={words.tone}>
            <span aria-hidden="true">{words.shape}</span>
            {words.text}
          </Badge>
        ) : (
          <>
            <Badge tone={words.tone}>
              <span aria-hidden="true">{words.shape}</span>
              {words.text}
            </Badge>
            <Tooltip text={words.detail}>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard has to reach the part that is cut off. */}
              <span tabIndex={0} className="truncate text-muted">
                {words.detail}
              </span>
            </Tooltip>
          </>
        )}
      </span>
      {words.offer === 'start' ? (
        <Button size="small" variant="primary" onClick={() => void labActions.start()}>
          <Play aria-hidden="true" className="size-3" /> Start
        </Button>
      ) : words.offer === 'stop' ? (
        <IconButton
          size="small"
          label="Stop the lab"
          tooltip="Stop: takes the lab out of the kernel, the drawing stays"
          onClick={() => void labActions.stop()}
        >
          <Square />
        </IconButton>
      ) : null}
      {words.progress === null ? null : <ProgressLine share={words.progress} text={words.text} />}
    </>
  );
}

/** A thin line along the lower edge of the header. */
function ProgressLine({ share, text }: { readonly share: number; readonly text: string }): React.JSX.Element {
  return (
    <div
      role="progressbar"
      aria-label={text}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      className="absolute inset-x-0 -bottom-px h-0.5"
    >
      <div className="h-full origin-left bg-accent transition-transform" style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}
