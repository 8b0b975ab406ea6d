import { type Ifname, type Interface, type NodeName, parseMac } from '@vethlab/topology';
import { labActions } from '../../lab';
import { checkMac, checkMtu } from '../fields/checks';
import { DraftField } from '../fields/draft-field';

export interface InterfaceMoreProps {
  readonly node: NodeName;
  readonly ifname: Ifname;
  readonly wanted: Interface;
}

/** What is seldom changed: MTU and MAC. Open when one of them is set. */
export function InterfaceMore({ node, ifname, wanted }: InterfaceMoreProps): React.JSX.Element {
  return (
    <details open={wanted.mtu !== undefined || wanted.mac !== undefined}>
      <summary className="cursor-default rounded text-xs text-muted hover:text-text">MTU and MAC</summary>
      <div className="mt-1 flex gap-2">
        <DraftField
          label={`MTU of ${ifname}`}
          className="w-24 shrink-0"
          mono
          inputMode="numeric"
          placeholder="1500"
          value={wanted.mtu?.toString() ?? ''}
          check={checkMtu}
          commit={(text) =>
            labActions.edit({ type: 'set-interface', node, ifname, mtu: text.trim() === '' ? null : Number(text) })
          }
        />
        <DraftField
          label={`MAC of ${ifname}`}
          className="flex-1"
          mono
          placeholder="made by the kernel"
          value={wanted.mac ?? ''}
          check={checkMac}
          commit={(text) => {
            if (text.trim() === '') return labActions.edit({ type: 'set-interface', node, ifname, mac: null });
            const parsed = parseMac(text.trim());
            return parsed.ok ? labActions.edit({ type: 'set-interface', node, ifname, mac: parsed.value }) : null;
          }}
        />
      </div>
    </details>
  );
}
