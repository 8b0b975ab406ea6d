import type { ObservedRoute } from '@vethlab/observed';
import { visibleText } from '../../format/visible-text';
import { Section } from './section';

/** Routes as the kernel has them, in the words of `ip route`; nothing when there are none. Names in them may be hostile text. */
export function ObservedRoutes({ routes }: { readonly routes: readonly ObservedRoute[] }): React.JSX.Element | null {
  if (routes.length === 0) return null;
  return (
    <Section title="Routes" count={routes.length}>
      <ul className="font-mono text-xs">
        {routes.map(({ family, to, via, dev, metric }) => (
          <li key={`${family} ${to} ${via} ${dev} ${metric}`} className="break-words">
            {visibleText([to, via === null ? '' : `via ${via}`, dev === null ? '' : `dev ${dev}`].join(' ').trim())}
          </li>
        ))}
      </ul>
    </Section>
  );
}
