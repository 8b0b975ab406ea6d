import { type ObservedRoute, sameRoutes } from '@vethlab/observed';

/** Looks at the routes through one interface, or at all of them. */
export type RouteLook = (ifindex?: number) => readonly ObservedRoute[];

/** What was seen of the interfaces whose routes are asked for. */
export interface AskedRoutes {
  /** Indexes and names of the interfaces whose routes may have changed; `all` when it is not known which. */
  readonly through: ReadonlyMap<number, string> | 'all';
  /**
   * Whether an interface that was there before is another one now, or gone. The kernel then drops routes, also through others (of a
   * source address that is no more), and not each with an event.
   */
  readonly isLost: boolean;
}

/** So many interfaces are asked for one by one: each costs the kernel a walk over its tables. */
const mostOneByOne = 16;

/**
 * The routes of a namespace, read again: the very same list when those that may have changed are as they were, otherwise all of them
 * afresh. A router of a thousand interfaces has thousands of routes, nearly all made by the kernel and none of our business.
 */
export function routesAgain(
  known: readonly ObservedRoute[],
  { through, isLost }: AskedRoutes,
  look: RouteLook,
): readonly ObservedRoute[] {
  const isSure = through !== 'all' && through.size <= mostOneByOne && !(isLost && known.length > 0);
  const isSame = isSure && [...through].every(([ifindex, ifname]) => hasSame(known, look(ifindex), ifname));
  if (isSame) return known;
  const fresh = look();
  return sameRoutes(known, fresh) ? known : fresh;
}

/** A route over several interfaces names none of them: it is asked for by any. */
function hasSame(known: readonly ObservedRoute[], found: readonly ObservedRoute[], ifname: string): boolean {
  const single = found.filter(({ dev }) => dev !== null);
  const others = known.filter(({ dev }) => dev === null);
  return (
    sameRoutes(
      known.filter(({ dev }) => dev === ifname),
      single,
    ) && found.every((route) => route.dev !== null || others.some((other) => sameRoutes([other], [route])))
  );
}
