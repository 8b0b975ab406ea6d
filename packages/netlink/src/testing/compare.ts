import { expect } from 'vitest';
import type { AddressMessage, NeighbourMessage, RouteMessage } from '../index.js';

// biome-ignore lint/suspicious/noExplicitAny: what iproute2 prints has no types.
type Theirs = any;

/** What the last scenario reads, both ways. */
export interface BothReadings {
  readonly addresses: AddressMessage[];
  readonly ofOne: number;
  readonly ofNobody: number;
  readonly theirAddresses: Theirs[];
  readonly routes: RouteMessage[];
  readonly otherTable: (string | null)[];
  readonly noTable: number;
  readonly byInterface: string[];
  readonly theirRoutes: Theirs[];
  readonly neighbours: NeighbourMessage[];
  readonly theirNeighbours: Theirs[];
  readonly names: Record<string, string>;
}

/** Every one of theirs is one of ours, field by field. */
export function compareAddresses(seen: BothReadings): void {
  const theirs = seen.theirAddresses.flatMap((link) =>
    link.addr_info.map((entry: Theirs) => ({
      ifindex: link.ifindex,
      family: entry.family === 'inet' ? 4 : 6,
      address: entry.local,
      prefixLength: entry.prefixlen,
      peer: entry.address ?? null,
      broadcast: entry.broadcast ?? null,
      scope: entry.scope,
      tentative: entry.tentative ?? false,
      nodad: entry.nodad ?? false,
      dadFailed: entry.dadfailed ?? false,
      permanent: entry.dynamic === undefined,
      label: entry.label ?? null,
    })),
  );
  const ours = seen.addresses.map(({ scopeNumber: _scope, flags: _flags, protocol: _protocol, ...rest }) => rest);
  const order = (a: { address: string }, b: { address: string }) => a.address.localeCompare(b.address);
  expect(ours.length).toBeGreaterThan(8);
  expect(ours.sort(order)).toEqual(theirs.sort(order));
  expect(seen.ofOne).toBe(ours.filter(({ ifindex }) => ifindex === 3).length);
  expect(seen.ofNobody).toBe(0);
}

/** Every one of theirs is one of ours, field by field. */
export function compareRoutes(seen: BothReadings): void {
  const hop = (entry: Theirs) => ({
    gateway: entry.gateway ?? entry.via?.host ?? null,
    dev: entry.dev ?? null,
    linkdown: entry.flags.includes('linkdown'),
    dead: entry.flags.includes('dead'),
  });
  const theirs = seen.theirRoutes
    .filter((entry) => entry.type !== 'multicast')
    .map((entry) => ({
      ...hop(entry),
      to:
        entry.dst === 'default' || entry.dst.includes('/')
          ? entry.dst
          : `${entry.dst}/${entry.dst.includes(':') ? 128 : 32}`,
      metric: entry.metric ?? 0,
      type: entry.type,
      prefsrc: entry.prefsrc ?? null,
      onlink: entry.flags.includes('onlink'),
      nexthops: (entry.nexthops ?? []).map((one: Theirs) => ({ ...hop(one), weight: one.weight })),
    }));
  const dev = (oif: number | null) => (oif === null ? null : (seen.names[oif] ?? null));
  const ours = seen.routes.map((route) => ({
    gateway: route.gateway,
    dev: dev(route.oif),
    linkdown: route.linkdown,
    dead: route.dead,
    to: route.dst === null ? 'default' : `${route.dst}/${route.prefixLength}`,
    metric: route.metric,
    type: route.type,
    prefsrc: route.prefsrc,
    onlink: route.onlink,
    nexthops: route.nexthops.map(({ oif, ...one }) => ({ ...one, dev: dev(oif) })),
  }));
  const order = (a: object, b: object) => JSON.stringify(a, sorted).localeCompare(JSON.stringify(b, sorted));
  expect(ours.length).toBeGreaterThan(10);
  expect(ours.sort(order)).toEqual(theirs.sort(order));
  expect(seen.otherTable).toEqual(['10.12.0.0']);
  expect(seen.noTable).toBe(0);
  expect(seen.byInterface).toContain('10.9.0.0');
  expect(seen.byInterface).not.toContain('default');
}

/** A fixed order of keys for JSON, so that two lists sort alike. */
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Every one of theirs is one of ours, field by field. */
export function compareNeighbours(seen: BothReadings): void {
  const theirs = seen.theirNeighbours.map((entry) => ({
    address: entry.dst,
    dev: entry.dev,
    mac: entry.lladdr ?? null,
    state: entry.state[0].toLowerCase(),
    router: entry.router !== undefined,
  }));
  const ours = seen.neighbours
    .filter(({ state }) => state !== 'noarp')
    .map(({ address, ifindex, mac, state, router }) => ({ address, dev: seen.names[ifindex], mac, state, router }));
  const order = (a: { address: string }, b: { address: string }) => a.address.localeCompare(b.address);
  expect(ours.length).toBeGreaterThanOrEqual(3);
  expect(ours.sort(order)).toEqual(theirs.sort(order));
}
