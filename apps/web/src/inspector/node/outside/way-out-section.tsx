import { namespaceOf } from '@vethlab/observed';
import { type Node, type NodeName, outsideAddresses, outsideOf, parseOutsideSubnet } from '@vethlab/topology';
import { labActions, lackOfWayOut, livenessOf, useLabStore } from '../../../lab';
import { checkWith, optional } from '../../fields/checks';
import { DraftField } from '../../fields/draft-field';
import { Section } from '../../fields/section';
import { checkPorts, portsOf } from './ports';

const checkSubnet = optional(checkWith(parseOutsideSubnet));

/** The way out of an internet node: whether it works, what of the machine it opens, and which subnet it has. */
export function WayOutSection({ name, node }: { readonly name: NodeName; readonly node: Node }): React.JSX.Element {
  const works = useLabStore((lab) => namespaceOf(lab.observed, name)?.wayOut !== undefined);
  const running = useLabStore(livenessOf) === 'live';
  const missing = useLabStore(lackOfWayOut);
  const subnet = outsideOf(node);
  const { gateway, nameServer } = outsideAddresses(subnet);
  return (
    <Section title="Way out">
      <p className="flex items-baseline gap-2 text-xs">
        <span aria-hidden="true" className={works ? 'text-up' : 'text-muted'}>
          {works ? '●' : '○'}
        </span>
        <span>{stateText(works, running, missing !== null)}</span>
      </p>
      {missing === null ? null : (
        <p className="text-xs text-drift" role="note">
          <span aria-hidden="true">△ </span>
          {missing} The way out is kept in the lab, and left out here: the node is a router.
        </p>
      )}
      <DraftField
        label="Open ports of this machine"
        mono
        placeholder="none, or 8080, 3000"
        value={(node.hostPorts ?? []).join(', ')}
        check={checkPorts}
        commit={(text) => {
          const ports = portsOf(text);
          return ports === null ? null : labActions.edit({ type: 'set-outside', node: name, hostPorts: ports });
        }}
        hint={`TCP ports of 127.0.0.1. The lab finds them at ${gateway}; all others stay closed.`}
      />
      <DraftField
        label="Subnet"
        mono
        placeholder={subnet}
        value={node.subnet ?? ''}
        check={checkSubnet}
        commit={(text) => {
          if (text.trim() === '') return labActions.edit({ type: 'set-outside', node: name, subnet: null });
          const parsed = parseOutsideSubnet(text.trim());
          return parsed.ok ? labActions.edit({ type: 'set-outside', node: name, subnet: parsed.value }) : null;
        }}
        hint={`Between this node and the way out. Names are answered at ${nameServer}.`}
      />
    </Section>
  );
}

function stateText(works: boolean, running: boolean, impossible: boolean): string {
  if (works) return 'The lab can reach the world outside through this node.';
  if (impossible) return 'There is no way out on this machine.';
  return running ? 'There is no way out at the moment; the plan says why.' : 'The lab is not running.';
}
