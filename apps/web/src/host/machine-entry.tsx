import { Server } from 'lucide-react';
import type { MouseEvent } from 'react';
import { navigate, pathOf } from '../app/route';
import { Badge } from '../ui';

/** The way to the drawing of the machine, in the list of labs of a server that runs labs on it. */
export function MachineEntry(): React.JSX.Element {
  const open = (event: MouseEvent): void => {
    // New tab and window stay with the browser.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    navigate({ screen: 'machine' });
  };
  return (
    <a
      href={pathOf({ screen: 'machine' })}
      onClick={open}
      className="flex items-center gap-3 rounded-xl border border-line bg-surface px-4 py-3 hover:border-accent hover:bg-hover"
    >
      <Server aria-hidden="true" className="size-5 shrink-0 text-muted" strokeWidth={1.6} />
      <span className="min-w-0 flex-1">
        <span className="block text-sm font-medium">This machine</span>
        <span className="block text-muted">
          The namespaces, containers, veth pairs and bridges that are on it now, whoever made them
        </span>
      </span>
      <Badge>read-only</Badge>
    </a>
  );
}
