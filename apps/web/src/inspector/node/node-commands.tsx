import type { NodeName, Topology } from '@vethlab/topology';
import { useMemo } from 'react';
import { CopyButton } from '../../ui';
import { commandsOfNode, iptablesOfNode } from './commands-of-node';

/** The `ip`, `sysctl` and `nft` lines that make this node from nothing: rendered from the same plan that the agent carries out. */
export function NodeCommands({ name, topology }: { readonly name: NodeName; readonly topology: Topology }) {
  const lines = useMemo(() => commandsOfNode(topology, name), [topology, name]);
  const iptables = useMemo(() => iptablesOfNode(topology, name), [topology, name]);
  return (
    <div className="flex flex-col gap-2 p-3">
      <Lines title="From nothing, in the lab's root shell:" label={`Commands of ${name}`} lines={lines} />
      {iptables.length === 0 ? null : (
        <Lines
          title="Rules that do the same, with iptables:"
          label={`Lines of iptables for ${name}`}
          copy="Copy lines of iptables"
          lines={iptables}
        />
      )}
    </div>
  );
}

interface LinesProps {
  readonly title: string;
  readonly label: string;
  readonly copy?: string;
  readonly lines: readonly string[];
}

function Lines({ title, label, copy = 'Copy commands', lines }: LinesProps): React.JSX.Element {
  return (
    <>
      <div className="flex items-center gap-2">
        <p className="flex-1 text-xs text-muted">{title}</p>
        <CopyButton text={lines.join('\n')} label={copy} />
      </div>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        aria-label={label}
        className="overflow-auto rounded-lg border border-line bg-sunken p-2 font-mono text-xs leading-5"
      >
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line may stand there twice.
          <div key={index} className="pl-4 -indent-4 break-words">
            {line}
          </div>
        ))}
      </section>
    </>
  );
}
