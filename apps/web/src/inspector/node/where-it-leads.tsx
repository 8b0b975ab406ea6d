import {
  bondOf,
  type Ifname,
  type Interface,
  linkAt,
  type NodeName,
  splitEndpoint,
  type Topology,
  tunnelsOf,
  vrfAt,
} from '@vethlab/topology';
import { Settings2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { deviceWords } from '../../canvas/derive/device-words';
import { IconButton } from '../../ui';
import { viewActions } from '../../view';
import { useMissing } from '../fields/use-missing';
import { DeviceForm } from './devices/device-form';

export interface WhereItLeadsProps {
  readonly node: NodeName;
  readonly ifname: Ifname;
  readonly wanted: Interface;
  readonly topology: Topology;
}

/** What is at the other side of an interface: a link, a tunnel, its parent; and who it works for in its node. */
export function WhereItLeads({ node, ifname, wanted, topology }: WhereItLeadsProps): React.JSX.Element {
  const link = linkAt(topology, node, ifname);
  const far = link?.endpoints.find((end) => end !== `${node}:${ifname}`);
  const record = topology.nodes[node];
  const bond = record === undefined ? null : bondOf(record, ifname);
  const vrf = record === undefined ? null : vrfAt(record, ifname);
  return (
    <div className="flex flex-col gap-1 text-xs text-muted">
      {wanted.device !== undefined ? (
        <OfDevice node={node} ifname={ifname} device={wanted.device} topology={topology} />
      ) : link === null || far === undefined ? (
        <span>No link</span>
      ) : (
        <button
          type="button"
          className="truncate rounded text-left hover:text-text hover:underline"
          onClick={() => viewActions.reveal({ links: [`${link.endpoints[0]}--${link.endpoints[1]}`] })}
        >
          Link to <span className="font-mono">{far}</span>
          {link.up ? '' : ' (taken down)'}
        </button>
      )}
      {bond === null ? null : (
        <span>
          Member of <span className="font-mono">{bond}</span>, which has the addresses
        </span>
      )}
      {vrf === null ? null : (
        <span>
          In the VRF <span className="font-mono">{vrf}</span>
        </span>
      )}
    </div>
  );
}

interface OfDeviceProps {
  readonly node: NodeName;
  readonly ifname: Ifname;
  readonly device: NonNullable<Interface['device']>;
  readonly topology: Topology;
}

/** What kind of interface it is, its settings, and the other end of a tunnel. */
function OfDevice({ node, ifname, device, topology }: OfDeviceProps): React.JSX.Element {
  const [changes, setChanges] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const missing = useMissing(device.kind);
  const record = topology.nodes[node];
  const here = `${node}:${ifname}`;
  const far = tunnelsOf(topology)
    .find(({ ends }) => ends.some((end) => end === here))
    ?.ends.find((end) => end !== here);
  const farNode = far === undefined ? null : (splitEndpoint(far)?.node ?? null);
  return (
    <>
      <div className="flex items-center gap-1">
        <span className="min-w-0 flex-1 break-words">{deviceWords(device)}</span>
        {device.kind === 'dummy' ? null : (
          <IconButton
            ref={button}
            size="small"
            label={`Settings of ${ifname}`}
            pressed={changes}
            onClick={() => setChanges(!changes)}
          >
            <Settings2 />
          </IconButton>
        )}
      </div>
      {far === undefined || farNode === null ? null : (
        <button
          type="button"
          className="truncate rounded text-left hover:text-text hover:underline"
          onClick={() => viewActions.reveal({ nodes: [farNode] })}
        >
          Tunnel to <span className="font-mono">{far}</span>
        </button>
      )}
      {missing === null ? null : (
        <p className="text-drift">
          <span aria-hidden="true">△ </span>
          {missing} It is kept in the lab, and left out here.
        </p>
      )}
      {changes && record !== undefined ? (
        <DeviceForm
          node={node}
          record={record}
          topology={topology}
          kind={device.kind}
          changed={{ ifname, device }}
          onDone={() => {
            setChanges(false);
            button.current?.focus();
          }}
        />
      ) : null}
    </>
  );
}
