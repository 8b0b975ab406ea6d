import type { ObservedInterface } from '@vethlab/observed';
import { appearanceOf } from '../../canvas/derive/endpoint-state';
import { formatRate } from '../../canvas/derive/rate';
import { useLabStore } from '../../lab';
import { StateGlyph } from '../fields/state-glyph';

export interface LiveInterfaceProps {
  readonly node: string;
  readonly observed: ObservedInterface;
}

/** One interface as the kernel has it: admin state, carrier and operstate each by its own word, never one for the three. */
export function LiveInterface({ node, observed }: LiveInterfaceProps): React.JSX.Element {
  const rate = useLabStore((lab) => {
    const key = `${node}:${observed.ifname}`;
    return Object.hasOwn(lab.rates, key) ? lab.rates[key] : undefined;
  });
  const facts: readonly (readonly [string, string])[] = [
    ['admin state', observed.up ? 'up' : 'down'],
    ['carrier', observed.carrier ? 'yes' : 'no'],
    ['operstate', observed.operstate],
    ['mtu', observed.mtu.toString()],
    ['mac', observed.mac ?? 'none'],
    ...(observed.master === null ? [] : [['master', observed.master] as const]),
    ...(observed.portState === null ? [] : [['port state', observed.portState] as const]),
    ...(observed.peer === null ? [] : [['peer', `${observed.peer.namespace}:${observed.peer.ifname}`] as const]),
  ];
  return (
    <fieldset
      aria-label={`Live interface ${observed.ifname}`}
      className="min-w-0 rounded-lg border border-line bg-sunken p-2"
    >
      <div className="flex items-center gap-2">
        <StateGlyph appearance={appearanceOf(observed)} />
        <span className="flex-1 truncate font-mono font-semibold">{observed.ifname}</span>
        <span className="text-xs text-muted">
          {observed.type} #{observed.ifindex}
        </span>
      </div>
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 text-xs">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="truncate font-mono tabular-nums">{value}</dd>
          </div>
        ))}
        {observed.addresses.map((address) => (
          <div key={address.address} className="contents">
            <dt className="text-muted">address</dt>
            <dd className="font-mono [overflow-wrap:anywhere]">
              {address.address}
              <span className="font-sans text-muted">{addressNotes(address)}</span>
            </dd>
          </div>
        ))}
        <div className="contents">
          <dt className="text-muted">traffic</dt>
          <dd className="tabular-nums">
            ↓ {formatRate(rate?.rxBitsPerSecond ?? 0)} · ↑ {formatRate(rate?.txBitsPerSecond ?? 0)}
          </dd>
        </div>
      </dl>
    </fieldset>
  );
}

function addressNotes(address: ObservedInterface['addresses'][number]): string {
  const notes: string[] = [];
  if (address.scope !== 'global') notes.push(`scope ${address.scope}`);
  if (address.kernelMade) notes.push('made by the kernel');
  if (address.tentative) notes.push('tentative');
  if (address.dadFailed) notes.push('duplicate');
  return notes.length === 0 ? '' : ` ${notes.join(', ')}`;
}
