import type { HostReply } from '@vethlab/protocol';
import { Cable, Server } from 'lucide-react';
import { nodeNameOf } from '../canvas/nodes/derive-nodes';
import { kindIcons } from '../canvas/nodes/kind-icons';
import { formatQuantity } from '../format/numbers';
import { visibleText } from '../format/visible-text';
import { Section } from '../inspector/fields/section';
import { Heading } from '../inspector/heading';
import { CommandLine } from '../ui';
import type { MachineDrawing } from './machine-drawing';
import { MachineInterface } from './machine-interface';
import { MachineNodeInspector } from './machine-node-inspector';
import { kindOf, nameOf } from './machine-words';
import type { MachineSelection } from './selection';

export interface MachineInspectorProps {
  readonly found: HostReply;
  readonly drawing: MachineDrawing;
  readonly selection: MachineSelection | null;
  readonly onSelect: (selection: MachineSelection) => void;
  readonly onAdopted: () => Promise<void>;
}

/** What is known of the selected node or pair; of nothing selected, everything there is, as a list. */
export function MachineInspector(props: MachineInspectorProps): React.JSX.Element {
  const { found, drawing, selection, onAdopted } = props;
  if (selection?.kind === 'node') {
    const node = drawing.nodes.get(selection.id);
    const kind = Object.hasOwn(drawing.topology.nodes, selection.id)
      ? drawing.topology.nodes[selection.id]?.kind
      : null;
    if (node !== undefined && kind !== null && kind !== undefined) {
      return (
        <MachineNodeInspector
          // What was chosen for one namespace is not chosen for another.
          key={selection.id}
          id={selection.id}
          node={node}
          icon={node.namespace.kind === 'host' && node.bridge === null ? Server : kindIcons[kind]}
          found={found}
          onAdopted={onAdopted}
        />
      );
    }
  }
  const link =
    selection?.kind === 'link'
      ? drawing.topology.links.find(({ endpoints }) => endpoints.join('--') === selection.id)
      : undefined;
  if (link !== undefined) return <Pair endpoints={link.endpoints} drawing={drawing} />;
  return <Overview {...props} />;
}

function Pair(props: { readonly endpoints: readonly string[]; readonly drawing: MachineDrawing }): React.JSX.Element {
  const { endpoints, drawing } = props;
  const ends = endpoints.flatMap((endpoint) => {
    const name = nodeNameOf(endpoint);
    const ifname = endpoint.slice(name.length + 1);
    const inside = Object.hasOwn(drawing.observed.namespaces, name) ? drawing.observed.namespaces[name] : undefined;
    const one =
      inside !== undefined && Object.hasOwn(inside.interfaces, ifname) ? inside.interfaces[ifname] : undefined;
    const node = drawing.nodes.get(name);
    return one === undefined || node === undefined ? [] : [{ endpoint, one, within: nameOf(node.namespace) }];
  });
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <Heading icon={Cable} title={endpoints.join(' – ')} what="Veth pair" />
      <Section title="Ends" count={ends.length}>
        <ul className="flex flex-col gap-3">
          {ends.map(({ endpoint, one, within }) => (
            <MachineInterface key={endpoint} interface={one} within={within} />
          ))}
        </ul>
      </Section>
    </div>
  );
}

function Overview({ found, drawing, onSelect }: MachineInspectorProps): React.JSX.Element {
  const nodes = [...drawing.nodes];
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <Heading
        icon={Server}
        title="This machine"
        freeText
        what={`${formatQuantity(found.namespaces.length, 'namespace')}, ${formatQuantity(found.topology.links.length, 'veth pair')} drawn`}
      />
      <Section title="What is here" count={nodes.length}>
        <ul className="flex flex-col">
          {nodes.map(([id, node]) => (
            <li key={id}>
              <button
                type="button"
                className="flex w-full min-w-0 flex-col rounded-md px-2 py-1 text-left hover:bg-hover"
                onClick={() => onSelect({ kind: 'node', id })}
              >
                <span className="truncate font-mono text-xs">{id}</span>
                <span className="text-xs text-muted">{kindOf(node)}</span>
              </button>
            </li>
          ))}
        </ul>
        <CommandLine command="sudo npx vethlab discover" />
      </Section>
      {found.notes.length === 0 ? null : (
        <Section title="Not to be seen" count={found.notes.length}>
          <ul className="flex flex-col gap-1 text-xs text-muted">
            {found.notes.map((note) => (
              <li key={note}>{visibleText(note)}</li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}
