import { interfaceEntries, type NodeName, type Topology } from '@vethlab/topology';
import { useState } from 'react';
import { kindIcons } from '../../canvas/nodes/kind-icons';
import { Tabs } from '../../ui';
import { Heading } from '../heading';
import { LiveNode } from '../live/live-node';
import { ProcessesSection } from './commands/processes-section';
import { ConfigureNode } from './configure-node';
import { NodeCommands } from './node-commands';

type Tab = 'configure' | 'live' | 'commands';

// The tab stays the same while one looks from node to node.
let lastTab: Tab = 'configure';

export interface NodeInspectorProps {
  readonly name: NodeName;
  readonly topology: Topology;
}

const whatKind = {
  host: 'Host node',
  router: 'Router node, forwards',
  switch: 'Switch node, bridge br0',
  internet: 'Internet node, a way out of the lab',
} as const;

/** A node: what is asked of it, what the kernel says of it, and the commands that mean the same. */
export function NodeInspector({ name, topology }: NodeInspectorProps): React.JSX.Element | null {
  const [tab, setTab] = useState<Tab>(lastTab);
  const node = topology.nodes[name];
  if (node === undefined) return null;
  const count = interfaceEntries(node).length;
  return (
    <>
      <Heading
        icon={kindIcons[node.kind]}
        title={name}
        what={`${whatKind[node.kind]} · ${count === 1 ? '1 interface' : `${count} interfaces`}`}
      />
      <div className="min-h-0 flex-1">
        <Tabs<Tab>
          label={`Node ${name}`}
          value={tab}
          onValueChange={(next) => {
            lastTab = next;
            setTab(next);
          }}
          items={[
            {
              value: 'configure',
              label: 'Configure',
              content: <ConfigureNode name={name} node={node} topology={topology} />,
            },
            {
              value: 'live',
              label: 'Live',
              content: (
                <LiveNode name={name}>
                  <ProcessesSection node={name} />
                </LiveNode>
              ),
            },
            { value: 'commands', label: 'Commands', content: <NodeCommands name={name} topology={topology} /> },
          ]}
        />
      </div>
    </>
  );
}
