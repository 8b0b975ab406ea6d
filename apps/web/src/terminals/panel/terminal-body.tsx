import type { TerminalSession } from '@vethlab/protocol';
import { useEffect, useRef } from 'react';
import { Kbd } from '../../ui';
import { viewOf } from '../session/open-views';
import { useTerminals } from '../state/terminal-store';
import { leaveHintId, terminalKeys } from '../terminal-keys';
import { EndBar } from './end-bar';

/** The screen of one terminal, what has become of it, and how to leave it. */
export function TerminalBody({ session }: { readonly session: TerminalSession }): React.JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const status = useTerminals((state) => state.sights.get(session.id)?.status ?? 'connecting');
  // One view for each id: what is in the session may change meanwhile.
  const first = useRef(session);
  useEffect(() => {
    const { current } = place;
    return current === null ? undefined : viewOf(first.current)?.show(current);
  }, []);
  return (
    <>
      <div className="relative min-h-0 flex-1">
        <div ref={place} className="absolute inset-0 overflow-hidden" />
        {status === 'open' ? null : (
          <p
            role="status"
            className="pointer-events-none absolute top-2 right-4 rounded-full border border-line bg-raised px-3 py-0.5 text-xs text-waiting shadow-raised"
          >
            <span aria-hidden="true">◌ </span>
            {status === 'connecting' ? 'Connecting…' : 'Reconnecting… What you type goes nowhere meanwhile.'}
          </p>
        )}
      </div>
      {session.state === 'exited' ? <EndBar session={session} /> : null}
      <StatusLine session={session} />
    </>
  );
}

function StatusLine({ session }: { readonly session: TerminalSession }): React.JSX.Element {
  const title = useTerminals((state) => state.sights.get(session.id)?.title ?? null);
  const size = useTerminals((state) => state.sights.get(session.id)?.foreignSize ?? null);
  const link = useTerminals((state) => state.link);
  return (
    <div className="flex h-6 shrink-0 items-center gap-3 border-t border-line bg-sunken px-3 text-xs text-muted">
      <span className="min-w-0 flex-1 truncate">
        {link === null ? (
          title
        ) : (
          <>
            <Kbd keys="mod+click" /> opens <bdi className="font-mono">{link}</bdi>
          </>
        )}
      </span>
      {size === null ? null : (
        <span>
          {size.cols} × {size.rows}: the size of who typed last
        </span>
      )}
      <span id={leaveHintId} className="flex shrink-0 items-center gap-1.5">
        <Kbd keys={terminalKeys.leave} /> leaves the terminal
      </span>
    </div>
  );
}
