import type { NodeName, Topology } from '@vethlab/topology';
import { useMemo } from 'react';
import { CopyButton } from '../../ui';
import { commandsOfNode } from './commands-of-node';

/** The `ip` and `sysctl` lines that make this node from nothing: rendered from the same plan that the agent carries out. */
export function NodeCommands({ name, topology }: { readonly name: NodeName; readonly topology: Topology }) {
  const lines = useMemo(() => commandsOfNode(topology, name), [topology, name]);
  return (
    <div className="flex flex-col gap-2 p-3">
      <div className="flex items-center gap-2">
        <p className="flex-1 text-xs text-muted">From nothing, in the lab's root shell:</p>
        <CopyButton text={lines.join('\n')} label="Copy commands" />
      </div>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label={`Commands of ${name}`}
        className="overflow-auto rounded-lg border border-line bg-sunken p-2 font-mono text-xs leading-5"
      >
        {lines.map((line) => (
          <div key={line} className="pl-4 -indent-4 break-words">
            {line}
          </div>
        ))}
      </section>
    </div>
  );
}
