import {
  bondOf,
  type Ifname,
  type Node,
  type NodeName,
  parseIfname,
  type Route,
  type Vrf,
  type VrfName,
  vrfAt,
} from '@vethlab/topology';
import { SquareTerminal, Trash2 } from 'lucide-react';
import { type EditOutcome, labActions } from '../../../lab';
import { goToTerminal } from '../../../terminals';
import { Button, IconButton } from '../../../ui';
import { act } from '../../fields/act';
import { checkIfname, checkTable } from '../../fields/checks';
import { DraftField } from '../../fields/draft-field';
import { useMissing } from '../../fields/use-missing';
import { Choices } from '../devices/device-fields';
import { RouteList } from '../route-table';

export interface VrfCardProps {
  readonly node: NodeName;
  readonly record: Node;
  readonly name: VrfName;
  readonly vrf: Vrf;
}

/** One VRF: its name, its table, the interfaces in it and the routes by which they go on. */
export function VrfCard({ node, record, name, vrf }: VrfCardProps): React.JSX.Element {
  const set = (changed: Partial<Vrf>): Promise<EditOutcome> =>
    labActions.edit({ type: 'set-vrf', node, name, ...changed });
  const missing = useMissing('vrf');
  const possible = Object.keys(record.interfaces).filter((ifname) => {
    const other = vrfAt(record, ifname);
    return (other === null || other === name) && bondOf(record, ifname) === null;
  });
  return (
    <fieldset
      aria-label={`VRF ${name}`}
      className="flex min-w-0 flex-col gap-2 rounded-lg border border-line bg-sunken p-2"
    >
      <div className="flex items-end gap-2">
        <DraftField
          label="Name"
          mono
          className="flex-1"
          value={name}
          check={checkIfname}
          commit={(text) => {
            const parsed = parseIfname(text.trim());
            return parsed.ok ? labActions.edit({ type: 'rename-vrf', node, name, to: parsed.value }) : null;
          }}
        />
        <DraftField
          label="Table"
          mono
          inputMode="numeric"
          className="w-24"
          value={vrf.table.toString()}
          check={checkTable}
          commit={(text) => set({ table: Number(text.trim()) })}
        />
        <IconButton label={`Remove the VRF ${name}`} onClick={() => void act({ type: 'remove-vrf', node, name })}>
          <Trash2 />
        </IconButton>
      </div>
      <Choices
        legend="Interfaces"
        none="Every interface is in another VRF."
        all={possible}
        chosen={vrf.interfaces}
        onChange={(interfaces) =>
          void act({ type: 'set-vrf', node, name, interfaces: interfaces as readonly Ifname[] })
        }
      />
      <div className="flex flex-col gap-1">
        <p className="text-xs text-muted">Routes of {name}</p>
        <RouteList
          routes={vrf.routes}
          ifnames={vrf.interfaces}
          of={name}
          set={(routes: readonly Route[]) => set({ routes })}
        />
      </div>
      <div className="flex items-center gap-2">
        <p className="flex-1 text-xs text-muted">
          Commands of this node can run in it; in a terminal: <code>vrf-exec {name} COMMAND</code>
        </p>
        <Button
          size="small"
          aria-disabled={missing === null ? undefined : true}
          title={missing ?? undefined}
          onClick={() => {
            if (missing === null) goToTerminal(node, name);
          }}
        >
          <SquareTerminal className="size-3.5" aria-hidden="true" /> Terminal in {name}
        </Button>
      </div>
    </fieldset>
  );
}
