import { commandEntries, type Node, type NodeName } from '@vethlab/topology';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../ui';
import { Section } from '../../fields/section';
import { CommandForm } from './command-form';
import { CommandRow } from './command-row';

/** The programs that run in this node's namespace because the document says so. */
export function CommandsSection({ name, node }: { readonly name: NodeName; readonly node: Node }): React.JSX.Element {
  const [isAdding, setAdding] = useState(false);
  const commands = commandEntries(node);
  return (
    <Section
      title="Programs that run here"
      count={commands.length}
      action={
        isAdding ? null : (
          <Button size="small" variant="quiet" onClick={() => setAdding(true)}>
            <Plus className="size-3.5" aria-hidden="true" /> Add command
          </Button>
        )
      }
    >
      {commands.length === 0 && !isAdding ? (
        <p className="text-xs text-muted">
          None. A web server, say: <span className="font-mono">python3 -m http.server 80</span>
        </p>
      ) : null}
      {commands.length === 0 ? null : (
        <ul className="flex flex-col gap-2">
          {commands.map(([command, value]) => (
            <CommandRow key={command} node={name} record={node} name={command} command={value} />
          ))}
        </ul>
      )}
      {isAdding ? (
        <CommandForm node={name} record={node} name={null} command={null} onDone={() => setAdding(false)} />
      ) : null}
    </Section>
  );
}
