import {
  type NamespaceDelta,
  type ObservedNamespace,
  sameBeyond,
  samePorts,
  sameRoutes,
  sameTables,
  sameWayOut,
} from '@vethlab/observed';
import type { NamespaceLook } from './looks.js';

const noTables: NonNullable<ObservedNamespace['tables']> = [];
const noBeyond: NonNullable<ObservedNamespace['beyond']> = [];

/** What a look changes in a namespace besides its interfaces. `same`: as it was known; undefined: it is another one, or new. */
export function settingsChange(
  same: ObservedNamespace | undefined,
  { forwarding, routes, tables, wayOut, published, beyond }: NamespaceLook,
): Omit<NamespaceDelta, 'inode' | 'interfaces'> {
  const others = {
    ...(sameTables(same?.tables ?? noTables, tables) ? {} : { tables }),
    ...(sameBeyond(same?.beyond ?? noBeyond, beyond) ? {} : { beyond }),
    ...(sameWayOut(same?.wayOut, wayOut) ? {} : { wayOut: wayOut ?? null }),
    ...(samePorts(same?.published, published) ? {} : { published: published ?? null }),
  };
  if (same === undefined) return { forwarding, routes, ...others };
  const { ipv4, ipv6 } = same.forwarding;
  const sameList = routes === same.routes || (wayOut !== undefined && sameRoutes(routes, same.routes));
  return {
    ...others,
    ...(ipv4 === forwarding.ipv4 && ipv6 === forwarding.ipv6 ? {} : { forwarding }),
    ...(sameList ? {} : { routes }),
  };
}
