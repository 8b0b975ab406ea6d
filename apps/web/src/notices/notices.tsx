import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import { Button, classNames, IconButton } from '../ui';
import { type Notice, useViewStore, viewActions } from '../view';

const looks = {
  info: { Icon: Info, colour: 'text-accent', word: 'Note' },
  warning: { Icon: TriangleAlert, colour: 'text-drift', word: 'Warning' },
  error: { Icon: CircleAlert, colour: 'text-failing', word: 'Error' },
} as const;

/** Messages that stay until they are dismissed. Above the dock, away from the canvas controls. */
export function Notices(): React.JSX.Element {
  const notices = useViewStore((view) => view.notices);
  const dock = useViewStore((view) => view.dock);
  return (
    <section
      aria-label="Messages"
      aria-live="polite"
      className="pointer-events-none fixed left-1/2 z-30 flex w-full max-w-xl -translate-x-1/2 flex-col gap-2 px-4"
      style={{ bottom: (dock.open ? dock.height : 0) + 52 }}
    >
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function NoticeCard({ notice }: { readonly notice: Notice }): React.JSX.Element {
  const { Icon, colour, word } = looks[notice.level];
  const { action } = notice;
  const act = (): void => {
    viewActions.dismiss(notice.id);
    action?.run();
  };
  return (
    <div
      role={notice.level === 'error' ? 'alert' : undefined}
      className="pointer-events-auto flex items-start gap-2 rounded-lg border border-line bg-raised py-2 pr-2 pl-3 shadow-raised"
    >
      <Icon aria-label={word} className={classNames('mt-1 size-4 shrink-0', colour)} />
      <div className="min-w-0 flex-1 py-0.5">
        <p className="font-medium break-words">{notice.text}</p>
        {notice.detail === undefined || notice.detail === '' ? null : (
          <p className="break-words text-muted">{notice.detail}</p>
        )}
      </div>
      {action === undefined ? null : (
        <Button size="small" className="mt-0.5" onClick={act}>
          {action.label}
        </Button>
      )}
      <IconButton size="small" label="Dismiss" onClick={() => viewActions.dismiss(notice.id)}>
        <X />
      </IconButton>
    </div>
  );
}
