import { type Node, type NodeName, parseNodeName, type Topology } from '@vethlab/topology';
import { BeyondSection, DifferencesSection } from '../../drift';
import { labActions } from '../../lab';
import { viewActions } from '../../view';
import { checkLabel, checkNodeName } from '../fields/checks';
import { DraftField } from '../fields/draft-field';
import { Section } from '../fields/section';
import { CommandsSection } from './commands/commands-section';
import { InterfacesSection } from './interfaces-section';
import { NodeProbes } from './node-probes';
import { PublishSection } from './outside/publish-section';
import { WayOutSection } from './outside/way-out-section';
import { RouteTable } from './route-table';
import { RulesSections } from './rules-sections';
import { SwitchSections } from './switch/switch-sections';
import { VrfsSection } from './vrfs/vrfs-section';

export interface ConfigureNodeProps {
  readonly name: NodeName;
  readonly node: Node;
  readonly topology: Topology;
}

/** Everything the document says of a node. */
export function ConfigureNode({ name, node, topology }: ConfigureNodeProps): React.JSX.Element {
  return (
    <>
      <DifferencesSection places={[name]} />
      <BeyondSection namespace={name} />
      <Section title="Node">
        <DraftField
          label="Name"
          mono
          value={name}
          check={checkNodeName}
          commit={(text) => rename(name, text)}
          hint="Also the name of its network namespace"
        />
        <DraftField
          label="Label"
          value={node.label ?? ''}
          placeholder="Free text, for people only"
          check={checkLabel}
          commit={(text) =>
            labActions.edit({ type: 'set-node', node: name, label: text.trim() === '' ? null : text.trim() })
          }
        />
      </Section>
      {node.kind === 'internet' ? <WayOutSection name={name} node={node} /> : null}
      <InterfacesSection name={name} node={node} topology={topology} />
      {node.kind === 'switch' ? <SwitchSections name={name} node={node} /> : null}
      {node.kind === 'switch' ? null : <RouteTable name={name} node={node} />}
      {node.kind === 'switch' ? null : <VrfsSection name={name} node={node} />}
      {node.kind === 'switch' ? null : <RulesSections name={name} node={node} />}
      <NodeProbes name={name} topology={topology} />
      {node.kind === 'switch' ? null : <PublishSection name={name} node={node} topology={topology} />}
      <CommandsSection name={name} node={node} />
    </>
  );
}

function rename(name: NodeName, text: string): ReturnType<typeof labActions.edit> | null {
  const parsed = parseNodeName(text.trim());
  if (!parsed.ok) return null;
  return labActions.edit({ type: 'rename-node', node: name, to: parsed.value }).then((outcome) => {
    if (outcome.ok) viewActions.select({ nodes: [parsed.value] });
    return outcome;
  });
}
