import { Tabs } from 'radix-ui';
import { useMemo } from 'react';
import { useLabStore } from '../../lab';
import { activeOf, chooseTerminal } from '../acts/choose-terminal';
import { sessionsOf } from '../session/open-views';
import { useTerminals } from '../state/terminal-store';
import { CloseDialog } from './close-dialog';
import { NoTerminals } from './no-terminals';
import { SearchBar } from './search-bar';
import { TerminalBody } from './terminal-body';
import { TerminalTabs } from './terminal-tabs';
import { TerminalTools } from './terminal-tools';

/** Shells of the lab as tabs: the same for everybody who has the lab open. */
export function TerminalsPanel(): React.JSX.Element {
  const listed = useLabStore((lab) => lab.terminals);
  const opened = useTerminals((state) => state.opened);
  const active = useTerminals((state) => state.active);
  const searching = useTerminals((state) => state.searching);
  const problem = useTerminals((state) => state.problem);
  const tabs = useMemo(() => sessionsOf(listed, opened), [listed, opened]);
  const front = activeOf(tabs, active);
  const choose = (id: string): void => {
    const session = tabs.find((tab) => tab.id === id);
    if (session !== undefined) chooseTerminal(session);
  };
  return (
    <Tabs.Root
      value={front?.id ?? ''}
      onValueChange={choose}
      activationMode="manual"
      data-terminals
      className="flex h-full min-h-0 flex-col"
    >
      {front === null ? null : (
        <div className="flex h-9 shrink-0 items-center gap-1 border-b border-line bg-sunken pr-1 pl-1">
          <TerminalTabs tabs={tabs} front={front.id} />
          <TerminalTools front={front} />
        </div>
      )}
      {searching && front !== null ? <SearchBar key={front.id} /> : null}
      {problem === null ? null : (
        <p role="alert" className="shrink-0 border-b border-line bg-failing-soft px-3 py-1 text-xs text-failing">
          <span aria-hidden="true">✕ </span>
          {problem}
        </p>
      )}
      {front === null ? (
        <NoTerminals />
      ) : (
        <Tabs.Content value={front.id} tabIndex={-1} className="flex min-h-0 flex-1 flex-col">
          <TerminalBody key={front.id} session={front} />
        </Tabs.Content>
      )}
      <CloseDialog />
    </Tabs.Root>
  );
}
