import type { ObservedInterface } from '@vethlab/observed';
import { appearanceOf, appearanceWord } from '../canvas/derive/endpoint-state';
import { StateMarker } from '../canvas/nodes/state-marker';
import { visibleText } from '../format/visible-text';
import { endOf } from './machine-words';

/** Of a loopback: tells nothing. */
const noMac = '00:00:00:00:00:00';

export interface MachineInterfaceProps {
  readonly interface: ObservedInterface;
  /** Before its name, where interfaces of several namespaces stand together. */
  readonly within?: string;
}

/** An interface as the kernel tells it: state, kind, what it is joined to, MTU and addresses. */
export function MachineInterface({ interface: one, within }: MachineInterfaceProps): React.JSX.Element {
  const appearance = appearanceOf(one);
  const details = [
    appearanceWord[appearance],
    ...(one.master === null ? [] : [`port of ${visibleText(one.master)}`]),
    ...(one.peer === null ? [] : [`to ${endOf(one.peer)}`]),
    `MTU ${one.mtu}`,
    ...(one.mac === null || one.mac === noMac ? [] : [one.mac]),
  ];
  return (
    <li className="flex gap-2">
      <svg width="14" height="14" role="img" aria-label={appearanceWord[appearance]} className="mt-0.5 shrink-0">
        <StateMarker appearance={appearance} x={7} y={7} />
      </svg>
      <div className="min-w-0">
        <p className="font-mono text-xs break-words">
          {within === undefined ? '' : `${within}:`}
          {visibleText(one.ifname)} <span className="font-sans text-muted">{visibleText(one.type)}</span>
        </p>
        <p className="text-xs break-words text-muted">{details.join(' · ')}</p>
        {one.addresses.length === 0 ? null : (
          <ul aria-label={`Addresses of ${visibleText(one.ifname)}`} className="font-mono text-xs">
            {one.addresses.map(({ address, kernelMade }) => (
              <li key={address} className={kernelMade ? 'text-muted' : undefined}>
                {address}
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}
