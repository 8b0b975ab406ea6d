import { classNames } from '../../ui';
import type { InnerLine } from '../derive/inner-interfaces';
import { StateMarker } from './state-marker';

/** Devices as dots with their kind, and VRFs as regions around their members. The name of the node tells all of it to screen readers. */
export function InnerInterfaces({ lines }: { readonly lines: readonly InnerLine[] }): React.JSX.Element {
  return (
    <>
      {lines.map(({ vrf, title, planned, items, more }) => (
        <span
          key={`${vrf ?? ''} ${items[0]?.endpoint ?? ''}`}
          className={classNames('vl-inner', vrf !== null && 'vl-region', planned && 'vl-planned')}
          aria-hidden="true"
        >
          {vrf === null ? null : (
            <span className="vl-region-name" title={title}>
              {vrf}
            </span>
          )}
          {items.map(({ endpoint, appearance, text, title: words }) => (
            <span key={endpoint} className="vl-inner-item" title={words}>
              <svg width={10} height={10} className="vl-inner-dot" aria-hidden="true">
                <StateMarker appearance={appearance} x={5} y={5} />
              </svg>
              {text}
            </span>
          ))}
          {more === 0 ? null : <span>+{more}</span>}
        </span>
      ))}
    </>
  );
}
