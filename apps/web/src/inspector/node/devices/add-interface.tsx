import { type DeviceKind, deviceKinds } from '@vethlab/topology';
import { Plus } from 'lucide-react';
import { type RefObject, useRef } from 'react';
import { deviceKindWords } from '../../../canvas/derive/device-words';
import { Button, Menu, MenuItem } from '../../../ui';
import { useLack } from '../../fields/use-missing';

/** What each kind is for, in one line. */
const purposes: Readonly<Record<DeviceKind, string>> = {
  vlan: 'One 802.1Q tag of another interface',
  vxlan: 'A segment in UDP, across routers',
  macvlan: 'One more MAC on another interface',
  dummy: 'A place for addresses; leads nowhere',
  gre: 'Packets in packets, to another router',
  bond: 'Several links that work as one',
};

export interface AddInterfaceProps {
  readonly buttonRef: RefObject<HTMLButtonElement | null>;
  /** The end of a link. */
  readonly onPlain: () => void;
  readonly onDevice: (kind: DeviceKind) => void;
}

/** A menu of all that an interface can be. What this machine cannot make is grey, with the reason. */
export function AddInterface({ buttonRef, onPlain, onDevice }: AddInterfaceProps): React.JSX.Element {
  const opensForm = useRef(false);
  return (
    <Menu
      align="end"
      passesFocusOn={() => {
        const passes = opensForm.current;
        opensForm.current = false;
        return passes;
      }}
      trigger={
        <Button ref={buttonRef} size="small" variant="quiet">
          <Plus className="size-3.5" aria-hidden="true" /> Add interface
        </Button>
      }
    >
      <MenuItem onSelect={onPlain} below="For a wire that comes later">
        End of a link
      </MenuItem>
      {deviceKinds.map((kind) => (
        <DeviceItem
          key={kind}
          kind={kind}
          onSelect={() => {
            opensForm.current = true;
            onDevice(kind);
          }}
        />
      ))}
    </Menu>
  );
}

function DeviceItem({ kind, onSelect }: { readonly kind: DeviceKind; readonly onSelect: () => void }) {
  const lack = useLack(kind);
  return (
    <MenuItem
      onSelect={onSelect}
      barred={lack !== null}
      below={lack === null ? purposes[kind] : (lack.reason ?? 'Not on this machine')}
      {...(lack?.remedy == null ? {} : { title: lack.remedy })}
    >
      {deviceKindWords[kind]}
    </MenuItem>
  );
}
