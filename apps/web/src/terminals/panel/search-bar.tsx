import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { IconButton } from '../../ui';
import { endSearch, search } from '../acts/search';
import { useTerminals } from '../state/terminal-store';

/** Looks through screen and scrollback. Enter: the next one down, Shift+Enter: up, Esc: back to the shell. */
export function SearchBar(): React.JSX.Element {
  const [text, setText] = useState('');
  const found = useTerminals((state) => state.found);
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') search(text, event.shiftKey ? 'previous' : 'next');
    else if (event.key === 'Escape') endSearch();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <search
      aria-label="Search in the terminal"
      className="flex shrink-0 items-center gap-1 border-b border-line px-2 py-1"
    >
      <input
        type="search"
        aria-label="Search for"
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here, and goes on typing at once.
        autoFocus
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setText(event.currentTarget.value);
          search(event.currentTarget.value, 'previous', true);
        }}
        onKeyDown={key}
        className="h-7 w-64 max-w-[50%] rounded-md border border-line-strong bg-surface px-2 font-mono text-xs"
      />
      <IconButton size="small" label="Previous hit" disabled={text === ''} onClick={() => search(text, 'previous')}>
        <ArrowUp />
      </IconButton>
      <IconButton size="small" label="Next hit" disabled={text === ''} onClick={() => search(text, 'next')}>
        <ArrowDown />
      </IconButton>
      <span role="status" className="min-w-24 text-xs text-muted tabular-nums">
        {text === '' || found === null ? '' : hits(found)}
      </span>
      <span className="flex-1" />
      <IconButton size="small" label="End the search" onClick={endSearch}>
        <X />
      </IconButton>
    </search>
  );
}

function hits({ index, count }: { readonly index: number; readonly count: number }): string {
  if (count === 0) return 'Not found';
  // Above the limit of marks there are more than are counted.
  return index < 0 ? `${count} or more` : `${index + 1} of ${count}`;
}
