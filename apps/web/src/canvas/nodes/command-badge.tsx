import { failedCommands } from '../../inspector/node/commands/failed-commands';
import { useLabStore } from '../../lab';

/** Commands of a node that ended with a fault or could not be started: a cross, with their names for those who ask. */
export function CommandBadge({ name }: { readonly name: string }): React.JSX.Element | null {
  const failed = useLabStore((lab) => failedCommands(lab.commands).get(name));
  if (failed === undefined) return null;
  const text = failed.length === 1 ? `The command ${failed[0]} failed` : `Commands failed: ${failed.join(', ')}`;
  return (
    <span className="vl-command-badge" role="img" aria-label={text} title={text}>
      ✕
    </span>
  );
}
