import { namespaceOf } from '@vethlab/observed';
import { type NodeName, nodeEntries, type Topology } from '@vethlab/topology';
import { Globe } from 'lucide-react';
import { type LabState, useLabStore } from '../lab';
import { Tooltip } from '../ui';
import { viewActions } from '../view';

const internetNodes = new WeakMap<Topology, readonly NodeName[]>();

/** A lab is closed unless somebody opened it: while it can reach outside, that is said in sight of everything. */
export function OutsideBadge(): React.JSX.Element | null {
  const name = useLabStore(openWayOut);
  if (name === null) return null;
  return (
    <Tooltip text={`Through ${name} this lab reaches the network of this machine.`}>
      <button
        type="button"
        className="flex shrink-0 items-center gap-1.5 rounded-full border border-line-strong px-2 py-0.5 text-xs hover:bg-hover"
        onClick={() => viewActions.reveal({ nodes: [name] })}
      >
        <Globe aria-hidden="true" className="size-3.5" />
        Open to the outside
      </button>
    </Tooltip>
  );
}

/** The first node whose way out works. */
function openWayOut({ topology, observed }: Pick<LabState, 'topology' | 'observed'>): NodeName | null {
  if (topology === null) return null;
  let names = internetNodes.get(topology);
  if (names === undefined) {
    names = nodeEntries(topology).flatMap(([name, { kind }]) => (kind === 'internet' ? [name] : []));
    internetNodes.set(topology, names);
  }
  return names.find((name) => namespaceOf(observed, name)?.wayOut !== undefined) ?? null;
}
