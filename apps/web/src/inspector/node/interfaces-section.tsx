import { type DeviceKind, interfaceEntries, type Node, type NodeName, type Topology } from '@vethlab/topology';
import { Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '../../ui';
import { act } from '../fields/act';
import { Section } from '../fields/section';
import { AddInterface } from './devices/add-interface';
import { DeviceForm } from './devices/device-form';
import { InterfaceCard } from './interface-card';

export interface InterfacesSectionProps {
  readonly name: NodeName;
  readonly node: Node;
  readonly topology: Topology;
}

/** The interfaces of a node, or the ports of a switch, and one more of any kind. */
export function InterfacesSection({ name, node, topology }: InterfacesSectionProps): React.JSX.Element {
  const [adds, setAdds] = useState<DeviceKind | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const interfaces = interfaceEntries(node);
  const isSwitch = node.kind === 'switch';
  const addPlain = (): void => void act({ type: 'add-interface', node: name });
  return (
    <Section
      title={isSwitch ? 'Ports' : 'Interfaces'}
      count={interfaces.length}
      action={
        isSwitch ? (
          <Button size="small" variant="quiet" onClick={addPlain}>
            <Plus className="size-3.5" aria-hidden="true" /> Add interface
          </Button>
        ) : (
          <AddInterface buttonRef={button} onPlain={addPlain} onDevice={setAdds} />
        )
      }
    >
      {adds === null || isSwitch ? null : (
        <DeviceForm
          key={`${name} ${adds}`}
          node={name}
          record={node}
          topology={topology}
          kind={adds}
          changed={null}
          onDone={() => {
            setAdds(null);
            button.current?.focus();
          }}
        />
      )}
      {interfaces.length === 0 ? (
        <p className="text-xs text-muted">
          None yet. Wire the node to another one (L), and an interface comes by itself.
        </p>
      ) : null}
      {interfaces.map(([ifname, wanted]) => (
        <InterfaceCard key={ifname} node={name} kind={node.kind} ifname={ifname} wanted={wanted} topology={topology} />
      ))}
    </Section>
  );
}
