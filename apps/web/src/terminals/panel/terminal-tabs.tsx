import type { TerminalSession } from '@vethlab/protocol';
import { Eye, X } from 'lucide-react';
import { Tabs } from 'radix-ui';
import type { KeyboardEvent, MouseEvent } from 'react';
import { useEffect, useRef } from 'react';
import { classNames } from '../../ui';
import { closeTerminal } from '../acts/close-terminal';
import { focusCanvas } from '../acts/focus-canvas';
import { useTerminals } from '../state/terminal-store';
import { terminalKeyOf } from '../terminal-keys';
import { endWord, tabName } from '../words';

const middleButton = 1;

/** One tab for each terminal. Delete and the middle button close one; Ctrl+Shift+↑ leads on to the canvas. */
export function TerminalTabs({
  tabs,
  front,
}: {
  readonly tabs: readonly TerminalSession[];
  readonly front: string;
}): React.JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tab in front is brought into sight when it changes.
  useEffect(() => {
    list.current?.querySelector('[data-state="active"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [front]);
  return (
    <Tabs.List
      ref={list}
      aria-label="Terminals"
      className="flex h-full min-w-0 flex-1 overflow-x-auto overflow-y-hidden"
    >
      {tabs.map((session) => (
        <TerminalTab key={session.id} session={session} />
      ))}
    </Tabs.List>
  );
}

function TerminalTab({ session }: { readonly session: TerminalSession }): React.JSX.Element {
  const sight = useTerminals((state) => state.sights.get(session.id));
  const ended = endWord(session);
  const reconnecting = sight?.status === 'reconnecting';
  const key = (event: KeyboardEvent): void => {
    if (terminalKeyOf(event) === 'leave') focusCanvas(session.node);
    else if (event.key === 'Delete') void closeTerminal(session.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const closeByMiddleButton = (event: MouseEvent): void => {
    if (event.button !== middleButton) return;
    event.preventDefault();
    void closeTerminal(session.id);
  };
  return (
    <Tabs.Trigger
      value={session.id}
      title={sight?.title ?? undefined}
      onKeyDown={key}
      onAuxClick={closeByMiddleButton}
      // The middle button would start to scroll.
      onMouseDown={(event) => event.button === middleButton && event.preventDefault()}
      className="group inline-flex h-full max-w-56 shrink-0 items-center gap-1.5 rounded-t-md border-b-2 border-transparent pr-1 pl-2 text-ui text-muted outline-offset-[-3px] hover:bg-hover hover:text-text data-[state=active]:border-accent data-[state=active]:bg-surface data-[state=active]:text-text"
    >
      <span aria-hidden="true" className={classNames('text-[0.625rem]', ended === null && !reconnecting && 'text-up')}>
        {reconnecting ? '◌' : ended === null ? '●' : '○'}
      </span>
      <span className="min-w-0 truncate font-mono text-xs">{tabName(session)}</span>
      {ended === null ? null : <span className="shrink-0 text-xs text-muted">{ended}</span>}
      {reconnecting ? <span className="sr-only">reconnecting</span> : null}
      {session.viewers > 1 ? (
        <span className="inline-flex shrink-0 items-center gap-0.5 text-xs text-muted tabular-nums">
          <Eye aria-hidden="true" className="size-3" />
          {session.viewers}
          <span className="sr-only"> look at it</span>
        </span>
      ) : null}
      {/* For the mouse only: by keyboard, Delete closes the tab, and the tools have a button of this name. */}
      <span
        aria-hidden="true"
        data-close-tab
        onPointerDown={(event) => event.stopPropagation()}
        onMouseDown={(event) => {
          // Radix chooses a tab on the press of the mouse, also inside of it.
          event.preventDefault();
          event.stopPropagation();
        }}
        onClick={(event) => {
          event.stopPropagation();
          void closeTerminal(session.id);
        }}
        className="inline-flex size-5 shrink-0 items-center justify-center rounded opacity-60 group-hover:opacity-100 hover:bg-pressed"
      >
        <X className="size-3" />
      </span>
    </Tabs.Trigger>
  );
}
