import type { Diagnostic, NodeName } from '@vethlab/topology';
import { useState } from 'react';
import { setCanvas } from '../canvas/state/canvas-store';
import { visibleText } from '../format/visible-text';
import { useLabStore } from '../lab';
import { Button } from '../ui';
import { viewActions } from '../view';
import { AdoptDialog } from './adopt-dialog';
import { nodeOfConflict } from './conflicts-now';

/** The ways out: another name for the node, the namespace for the lab, or the place of an interface. Each is offered only where it helps. */
export function ConflictActions({ conflict }: { readonly conflict: Diagnostic }): React.JSX.Element | null {
  const labId = useLabStore((lab) => lab.labId);
  const labName = useLabStore((lab) => lab.topology?.name ?? '');
  const [asking, setAsking] = useState(false);
  const name = nodeOfConflict(conflict);
  if (name === null || labId === null) return null;
  const rename = (): void => {
    // A key of the document has passed the parser.
    viewActions.reveal({ nodes: [name as NodeName] });
    setCanvas({ renaming: name as NodeName });
  };
  const ifname = conflict.code === 'host.interface-taken' ? conflict.path[3] : undefined;
  const place = typeof ifname === 'string' ? { ifname } : {};
  const isName = conflict.code !== 'host.interface-taken';
  return (
    <>
      {isName ? (
        <Button size="small" aria-label={`Rename ${name}`} onClick={rename}>
          Rename
        </Button>
      ) : null}
      {conflict.code === 'host.namespace-taken' ? (
        <Button size="small" aria-label={`Adopt ${name}`} onClick={() => setAsking(true)}>
          Adopt…
        </Button>
      ) : null}
      {typeof ifname === 'string' ? (
        <Button size="small" aria-label={`Replace ${visibleText(`${name}:${ifname}`)}`} onClick={() => setAsking(true)}>
          Replace…
        </Button>
      ) : null}
      <AdoptDialog
        adoption={asking ? { labId, labName, namespace: name, ...place } : null}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
