import type { LiveRoute } from '@vethlab/protocol';
import { describe, expect, it } from 'vitest';
import { formatBytes } from './format-bytes';
import { interfaceLook, withCounters } from './interfaces';
import { routeLook } from './routes';
import { meaningOf, valueWord } from './sysctl-words';

describe('sections of the live tab', () => {
  it('put counters beside their interface by its index, and do without them while they are not there', () => {
    const one = {
      ifindex: 7,
      ifname: 'eth0',
      type: 'veth',
      up: true,
      carrier: false,
      operstate: 'down',
      mtu: 1500,
      mac: null,
      master: null,
      portState: null,
      peer: null,
      qdisc: null,
    } as const;
    const list = { total: 1, rows: [one], problem: null };
    const bare = withCounters(list, undefined)?.rows[0];
    expect(bare?.counters).toBeNull();
    expect(withCounters(undefined, undefined)).toBeUndefined();
    // The three states, each by its own word.
    expect(interfaceLook.columns.map((column) => column.text({ ...one, counters: null }))).toContain(
      'up, no carrier, down',
    );
  });

  it('tell a way out of a route as ip writes it, several of them too', () => {
    const route: LiveRoute = {
      family: 4,
      table: 254,
      tableName: 'main',
      type: 'unicast',
      to: 'default',
      via: '10.0.0.1',
      dev: 'eth0',
      metric: 0,
      protocol: 'boot',
      scope: 'global',
      source: null,
      nexthops: [],
      kernelMade: false,
      linkDown: false,
    };
    const way = (one: LiveRoute) => routeLook.columns[1]?.text(one);
    expect(way(route)).toBe('via 10.0.0.1 dev eth0');
    expect(way({ ...route, via: null, dev: null, type: 'blackhole' })).toBe('blackhole');
    const hop = { via: '10.0.0.1', dev: 'a', weight: 1, linkDown: false };
    expect(way({ ...route, nexthops: [hop, { ...hop, via: null, dev: 'b', weight: 3 }] })).toBe(
      'via 10.0.0.1 dev a weight 1 | dev b weight 3',
    );
    expect(routeLook.aside?.is({ ...route, kernelMade: true, tableName: 'local', type: 'local' })).toBe(true);
    expect(routeLook.aside?.is({ ...route, kernelMade: true, to: '10.0.0.0/24' })).toBe(false);
  });

  it('have a word for settings and their values, and none for what they do not know', () => {
    expect(meaningOf('net.ipv4.conf.eth0/1.rp_filter')).toContain('answered another way');
    expect(valueWord('net.ipv4.conf.all.rp_filter', '2')).toBe('loose');
    expect(valueWord('net.ipv6.conf.all.disable_ipv6', '1')).toBe('IPv6 off');
    expect(meaningOf('net.ipv4.conf.x.forwarding')).not.toBe(meaningOf('net.ipv6.conf.x.forwarding'));
    expect([
      meaningOf('net.ipv4.nothing'),
      valueWord('net.ipv4.ip_forward', 'constructor'),
      meaningOf('__proto__'),
    ]).toEqual(['', '', '']);
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1 kB'],
    [1_234_567, '1.2 MB'],
    [999_600, '1 MB'],
  ])('say %d bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
