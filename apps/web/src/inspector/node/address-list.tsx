import { type Cidr, type Ifname, type NodeName, parseCidr, type Topology } from '@vethlab/topology';
import { Plus, X } from 'lucide-react';
import { type EditOutcome, labActions } from '../../lab';
import { Button, Field, IconButton } from '../../ui';
import { checkAddress } from '../fields/checks';
import { DraftField } from '../fields/draft-field';
import { useDraft } from '../fields/use-draft';
import { freeAddressesFor } from './free-addresses-for';

export interface AddressListProps {
  readonly node: NodeName;
  readonly ifname: Ifname;
  readonly addresses: readonly Cidr[];
  readonly topology: Topology;
}

/** The addresses of an interface, each to be changed in place, and a field for one more with the next free one at hand. */
export function AddressList({ node, ifname, addresses, topology }: AddressListProps): React.JSX.Element {
  const set = (next: readonly Cidr[]): Promise<EditOutcome> =>
    labActions.edit({ type: 'set-addresses', node, ifname, addresses: next });
  const commitAt =
    (index: number) =>
    (text: string): Promise<EditOutcome> | null => {
      const parsed = parseCidr(text.trim());
      return parsed.ok ? set(addresses.with(index, parsed.value)) : null;
    };
  const remove = (index: number): void => void set(addresses.filter((_, other) => other !== index));
  return (
    <div className="flex flex-col gap-1">
      {addresses.map((address, index) => (
        <div key={address} className="flex items-start gap-1">
          <DraftField
            label={`Address ${index + 1} of ${ifname}`}
            labelHidden
            mono
            className="flex-1"
            value={address}
            check={checkAddress}
            commit={commitAt(index)}
          />
          <IconButton label={`Remove address ${address}`} onClick={() => remove(index)}>
            <X />
          </IconButton>
        </div>
      ))}
      <NewAddress
        ifname={ifname}
        next={freeAddressesFor(topology, node, ifname)}
        commit={(text) => {
          const parsed = parseCidr(text.trim());
          return parsed.ok ? set([...addresses, parsed.value]) : null;
        }}
      />
    </div>
  );
}

function NewAddress(props: {
  readonly ifname: Ifname;
  readonly next: readonly Cidr[];
  readonly commit: (text: string) => Promise<EditOutcome> | null;
}): React.JSX.Element {
  const { ifname, next, commit } = props;
  const draft = useDraft({
    value: '',
    check: (text) => (text.trim() === '' ? null : checkAddress(text)),
    commit,
    clearAfter: true,
  });
  return (
    <div className="flex flex-col gap-1">
      <Field
        label={`New address of ${ifname}`}
        labelHidden
        mono
        placeholder="Add address, 10.0.0.1/24"
        value={draft.text}
        problem={draft.problem}
        onChange={(event) => draft.setText(event.target.value)}
        onKeyDown={draft.onKeyDown}
        onBlur={draft.onBlur}
      />
      {next.length === 0 ? null : (
        <div className="flex flex-wrap gap-1">
          {next.map((address) => (
            <Button
              key={address}
              size="small"
              variant="quiet"
              aria-label={`Add the next free address ${address} to ${ifname}`}
              title="The next free address of its segment"
              onClick={() => draft.use(address)}
            >
              <Plus className="size-3.5" aria-hidden="true" /> <span className="font-mono">{address}</span>
              <span className="font-normal text-muted">next free</span>
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
