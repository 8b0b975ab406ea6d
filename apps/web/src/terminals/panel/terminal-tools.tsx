import type { TerminalSession } from '@vethlab/protocol';
import { ChevronDown, Ellipsis, Maximize2, Minimize2, Plus, Search, X } from 'lucide-react';
import { useLabStore } from '../../lab';
import { IconButton, Menu, MenuItem, MenuSeparator } from '../../ui';
import { useViewStore } from '../../view';
import { stepTab } from '../acts/choose-terminal';
import { copyText, readClipboard } from '../acts/clipboard';
import { closeTerminal } from '../acts/close-terminal';
import { toggleMaximised } from '../acts/maximise';
import { openTerminal } from '../acts/open-terminal';
import { endSearch, startSearch } from '../acts/search';
import { knownView } from '../session/open-views';
import { keepTerminals, useTerminals } from '../state/terminal-store';
import { terminalKeys } from '../terminal-keys';
import { tabName } from '../words';

/** More would be longer than the screen; a node that is not among them is double-clicked or selected. */
const mostNodesInMenu = 12;

/** What can be done with the terminal in front, and new ones. */
export function TerminalTools({ front }: { readonly front: TerminalSession }): React.JSX.Element {
  const searching = useTerminals((state) => state.searching);
  const maximised = useTerminals((state) => state.kept.maximised);
  return (
    <div className="flex shrink-0 items-center">
      <IconButton
        size="small"
        label="New terminal"
        tooltip={front.node === null ? 'One more lab shell' : `One more terminal of ${front.node}`}
        onClick={() => void openTerminal(front.node, front.vrf)}
      >
        <Plus />
      </IconButton>
      <NewTerminalMenu />
      <IconButton
        size="small"
        label="Search in the terminal"
        keys={terminalKeys.search}
        pressed={searching}
        onClick={() => (searching ? endSearch() : startSearch())}
      >
        <Search />
      </IconButton>
      <MoreMenu front={front} />
      <IconButton
        size="small"
        label={maximised ? 'Restore the height' : 'As high as the canvas allows'}
        pressed={maximised}
        onClick={toggleMaximised}
      >
        {maximised ? <Minimize2 /> : <Maximize2 />}
      </IconButton>
      <IconButton size="small" label={`Close terminal ${tabName(front)}`} onClick={() => void closeTerminal(front.id)}>
        <X />
      </IconButton>
    </div>
  );
}

function NewTerminalMenu(): React.JSX.Element {
  const nodes = useLabStore((lab) => lab.topology?.nodes);
  const selected = useViewStore((view) => view.selection.nodes);
  const names = Object.keys(nodes ?? {});
  const chosen = names.filter((name) => selected.some((one) => one === name));
  const shown = [...chosen, ...names.filter((name) => !chosen.includes(name))].slice(0, mostNodesInMenu);
  return (
    <Menu
      align="end"
      trigger={
        <IconButton size="small" label="New terminal in…" className="-ml-1 w-4">
          <ChevronDown />
        </IconButton>
      }
    >
      <MenuItem keys="mod+`" onSelect={() => afterMenu(() => void openTerminal(null))}>
        Lab shell
      </MenuItem>
      {shown.length === 0 ? null : <MenuSeparator />}
      {shown.map((name) => (
        <MenuItem key={name} onSelect={() => afterMenu(() => void openTerminal(name))}>
          <span className="font-mono text-xs">{name}</span>
        </MenuItem>
      ))}
      {names.length > shown.length ? (
        <p className="px-2 py-1 text-xs text-muted">Any other: double-click the node.</p>
      ) : null}
    </Menu>
  );
}

function MoreMenu({ front }: { readonly front: TerminalSession }): React.JSX.Element {
  const kept = useTerminals((state) => state.kept);
  const copy = (): void => {
    const marked = knownView(front.id)?.screen?.selection() ?? null;
    if (marked !== null) void copyText(marked);
  };
  const paste = async (): Promise<void> => {
    const text = await readClipboard();
    const screen = knownView(front.id)?.screen;
    if (text !== null) screen?.paste(text);
    screen?.focus();
  };
  return (
    <Menu
      align="end"
      trigger={
        <IconButton size="small" label="More about terminals">
          <Ellipsis />
        </IconButton>
      }
    >
      <MenuItem keys={terminalKeys.copy} onSelect={copy}>
        Copy what is marked
      </MenuItem>
      <MenuItem keys={terminalKeys.paste} onSelect={() => afterMenu(() => void paste())}>
        Paste
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => keepTerminals({ fontSizePx: kept.fontSizePx + 1 })}>
        Larger text ({kept.fontSizePx} px)
      </MenuItem>
      <MenuItem onSelect={() => keepTerminals({ fontSizePx: kept.fontSizePx - 1 })}>Smaller text</MenuItem>
      <MenuItem checked={kept.screenReader} onSelect={() => keepTerminals({ screenReader: !kept.screenReader })}>
        For screen readers
      </MenuItem>
      <MenuSeparator />
      <MenuItem keys={terminalKeys.previous} onSelect={() => afterMenu(() => stepTab(-1))}>
        Previous terminal
      </MenuItem>
      <MenuItem keys={terminalKeys.next} onSelect={() => afterMenu(() => stepTab(1))}>
        Next terminal
      </MenuItem>
    </Menu>
  );
}

/** A menu that closes gives the focus back to its button; what takes it somewhere else comes after that. */
function afterMenu(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(act)));
}
