import type { Diagnostic, NodeName } from '@vethlab/topology';
import { visibleText } from '../format/visible-text';
import { viewActions } from '../view';
import { ConflictActions } from './conflict-actions';
import { nodeOfConflict } from './conflicts-now';

/** A name of the lab that is somebody else's on this machine, in the list of problems. */
export function ConflictRow({ conflict }: { readonly conflict: Diagnostic }): React.JSX.Element {
  const name = nodeOfConflict(conflict);
  return (
    <li className="flex items-start gap-3 px-3 py-1.5">
      <span role="img" aria-label="Error" className="w-4 text-center text-failing">
        ✕
      </span>
      <div className="min-w-0 flex-1">
        <p>
          {name === null ? null : (
            <button
              type="button"
              className="mr-2 font-mono text-xs text-accent hover:underline"
              // A key of the document has passed the parser.
              onClick={() => viewActions.reveal({ nodes: [name as NodeName] })}
            >
              {name}
            </button>
          )}
          <span className="font-medium">{conflict.summary}</span>
        </p>
        <p className="break-words text-muted">{visibleText(conflict.detail)}</p>
      </div>
      <div className="flex shrink-0 gap-2">
        <ConflictActions conflict={conflict} />
      </div>
    </li>
  );
}
