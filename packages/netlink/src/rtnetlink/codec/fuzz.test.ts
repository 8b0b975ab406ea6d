import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeConnection } from '../../conntrack/connection.js';
import { EVENT_KINDS } from '../../events/event.js';
import { decodeChain, decodeGeneration, decodeRule as decodeNftRule } from '../../nftables/codec/read-ruleset.js';
import { replaceTableRequests } from '../../nftables/replace-table.js';
import { decodeCounters } from '../queries/counters.js';
import { newAddress } from '../requests/address.js';
import { addPortVlans, setBridge } from '../requests/bridge.js';
import { newDevice } from '../requests/device.js';
import { newVeth } from '../requests/link.js';
import { emulateNetwork, limitRate } from '../requests/qdisc.js';
import { newRoute } from '../requests/route.js';
import { newRule } from '../requests/rule.js';
import { decodeAddress } from './address.js';
import { Attributes } from './attributes.js';
import { decodeDone, decodeVerdict } from './error-message.js';
import { decodeFdb } from './fdb.js';
import { type Frame, frameOf } from './frame.js';
import { decodeLink } from './link.js';
import { MessageWriter } from './message-writer.js';
import { Messages } from './messages.js';
import { decodeNeighbour } from './neighbour.js';
import { decodeNetconf } from './netconf.js';
import { decodeNsid } from './nsid.js';
import { decodePortVlans } from './port-vlans.js';
import { decodeQdisc } from './qdisc.js';
import { decodeRoute } from './route.js';
import { decodeRule } from './rule.js';
import { decodeStatistics } from './statistics.js';

type Decode = (frame: Frame, start: number, end: number) => unknown;

const decoders: readonly (readonly [string, Decode])[] = [
  ['link', decodeLink],
  ['address', decodeAddress],
  ['route', decodeRoute],
  ['neighbour', decodeNeighbour],
  ['rule', decodeRule],
  ['forwarding table entry', decodeFdb],
  ['qdisc', decodeQdisc],
  ['VLANs of a port', decodePortVlans],
  ['netconf', decodeNetconf],
  ['nsid', decodeNsid],
  ['statistics', decodeStatistics],
  ['counters', decodeCounters],
  ['chain', decodeChain],
  ['rule of nf_tables', decodeNftRule],
  ['generation', decodeGeneration],
  ['connection', decodeConnection],
  ['verdict', (frame, start, end) => decodeVerdict(frame, start, end, 0x300)],
  ['uncapped verdict', (frame, start, end) => decodeVerdict(frame, start, end, 0x200)],
  ['end of a dump', (frame, start, end) => decodeDone(frame, start, end, 0x200)],
  ...[...EVENT_KINDS].map(([type, kind]) => [`ifindex of event ${type}`, kind.ifindex] as const),
];

/** Real messages of every shape, as bytes. */
function realMessages(): Uint8Array {
  const writer = new MessageWriter();
  const requests = [
    newVeth({ a: { ifname: 'a', mac: '02:00:00:00:00:01', namespaceFd: 3 }, b: { ifname: 'b', mtu: 1400 } }),
    newDevice({ ifname: 'vlan', device: { kind: 'vlan', parent: 2, id: 10 } }),
    newDevice({ ifname: 'mac', device: { kind: 'macvlan', parent: 2, mode: 'bridge' } }),
    newDevice({ ifname: 'vx', device: { kind: 'vxlan', id: 42, port: 4789, local: '10.0.0.1', remote: 'fd00::2' } }),
    newDevice({ ifname: 'gre', device: { kind: 'gre', local: '10.0.0.1', remote: '10.0.0.2', key: 7 } }),
    newDevice({ ifname: 'bond', device: { kind: 'bond', mode: '802.3ad', miimonMs: 100 } }),
    newDevice({ ifname: 'vrf', device: { kind: 'vrf', table: 100 } }),
    newAddress({ ifindex: 3, address: 'fd00::1', prefixLength: 64, noDad: true }),
    newRoute({ family: 4, dst: '10.0.0.0', prefixLength: 8, gateway: '10.9.9.9', table: 1000, metric: 3 }),
    limitRate({ ifindex: 3, rateBitsPerSecond: 8e10, burstBytes: 1e6, limitBytes: 1e7 }),
    emulateNetwork({ ifindex: 3, delayNs: 2e7, loss: 0.1, reorder: 0.2, rateBitsPerSecond: 8e10, limitPackets: 9 }),
    addPortVlans({ ifindex: 3, vlans: [{ id: 10, pvid: true, untagged: true }] }),
    setBridge({ ifindex: 3, stp: true, vlanFiltering: true, forwardDelaySeconds: 2 }),
    newRule({
      family: 6,
      priority: 9,
      src: 'fd00::',
      srcPrefixLength: 64,
      table: 1000,
      iif: 'a',
      uids: { start: 1, end: 2 },
    }),
    ...replaceTableRequests({
      name: 't',
      chains: [
        {
          name: 'c',
          type: 'filter',
          hook: 'forward',
          priority: 0,
          policy: 'drop',
          rules: [
            {
              match: { in: 'a', from: '10.0.0.0/9', protocol: 'tcp', port: 80, state: ['new'] },
              action: { kind: 'reject' },
            },
            { match: { to: 'fd00::/9' }, action: { kind: 'dnat', to: 'fd00::1', port: 80 } },
          ],
        },
      ],
    }),
  ];
  requests.forEach((request, index) => {
    writer.begin(request.type, request.flags, index);
    request.encode(writer);
    writer.end();
  });
  return Uint8Array.from(writer.bytes.subarray(0, writer.length));
}

/** Bytes with a guard behind them: whoever looks outside of the given bounds sees a value that is nowhere else. */
const GUARD = 0xee;
function guarded(bytes: Uint8Array): Frame {
  const padded = new Uint8Array(bytes.length + 64).fill(GUARD);
  padded.set(bytes);
  return frameOf(padded.subarray(0, bytes.length));
}

describe('decoders', () => {
  const garbage = fc.uint8Array({ maxLength: 300 });

  it.each(decoders)('read garbage as a %s without crashing', (_name, decode) => {
    fc.assert(
      fc.property(garbage, fc.nat(310), fc.nat(310), (bytes, start, length) => {
        decode(guarded(bytes), Math.min(start, bytes.length), start + length);
      }),
      { numRuns: 500 },
    );
  });

  it('read real messages that were cut, overwritten or given wrong lengths without crashing', () => {
    const real = realMessages();
    const flips = fc.array(fc.tuple(fc.nat(real.length - 1), fc.nat(255)), { maxLength: 12 });
    fc.assert(
      fc.property(flips, fc.nat(real.length), (changes, cut) => {
        const bytes = Uint8Array.from(real.subarray(0, cut));
        for (const [at, value] of changes) if (at < cut) bytes[at] = value;
        const frame = guarded(bytes);
        const message = new Messages(frame, bytes.length);
        while (message.next()) for (const [, decode] of decoders) decode(frame, message.start, message.end);
      }),
      { numRuns: 2000 },
    );
  });

  it('walk attributes in a bounded number of steps and never outside of their bounds', () => {
    fc.assert(
      fc.property(garbage, fc.nat(300), fc.nat(400), (bytes, start, limit) => {
        const attribute = new Attributes(guarded(bytes), start, limit);
        let steps = 0;
        while (attribute.next()) {
          steps++;
          expect(attribute.start).toBeGreaterThanOrEqual(start + 4);
          expect(attribute.end).toBeLessThanOrEqual(Math.min(limit, bytes.length));
          expect(attribute.end).toBeGreaterThanOrEqual(attribute.start);
          for (const value of [
            attribute.u8(0),
            attribute.u16(0),
            attribute.u16be(0),
            attribute.u32(0),
            attribute.u32be(0),
          ])
            expect(value).toBeTypeOf('number');
          expect(attribute.s32(0)).toBeTypeOf('number');
          attribute.text();
          attribute.ip();
          attribute.mac();
          const inner = attribute.nested();
          while (inner.next()) expect(inner.end).toBeLessThanOrEqual(attribute.end);
        }
        expect(steps).toBeLessThanOrEqual(bytes.length / 4);
      }),
      { numRuns: 2000 },
    );
  });

  it('do not believe a nested length that reaches beyond its parent', () => {
    // IFLA_LINKINFO of 12 bytes, holding IFLA_INFO_KIND that claims 200, and behind it a name.
    const bytes = Buffer.alloc(16 + 12 + 12);
    bytes.writeUInt16LE(12, 16);
    bytes.writeUInt16LE(18, 18);
    bytes.writeUInt16LE(200, 20);
    bytes.writeUInt16LE(1, 22);
    bytes.writeUInt16LE(9, 28);
    bytes.writeUInt16LE(3, 30);
    bytes.write('eth0', 32);
    expect(decodeLink(frameOf(bytes), 0, bytes.length)).toMatchObject({ kind: null, ifname: 'eth0' });
  });

  it('stop at a length of zero instead of going round for ever', () => {
    const frame = frameOf(new Uint8Array(64));
    expect(new Messages(frame, 64).next()).toBe(false);
    expect(new Attributes(frame, 0, 64).next()).toBe(false);
  });

  it('give the caller’s default for values that are too short', () => {
    const bytes = Buffer.from([5, 0, 1, 0, 7, 0, 0, 0]);
    const attribute = new Attributes(frameOf(bytes), 0, bytes.length);
    expect(attribute.next()).toBe(true);
    expect([attribute.u8(9), attribute.u32(9), attribute.s32(-9), attribute.ip()]).toEqual([7, 9, -9, null]);
  });

  it('read names that are no UTF-8, and names without an end', () => {
    const text = (...bytes: number[]) => {
      const attribute = new Attributes(
        frameOf(Uint8Array.of(4 + bytes.length, 0, 3, 0, ...bytes)),
        0,
        4 + bytes.length,
      );
      attribute.next();
      return attribute.text();
    };
    expect(text(0x61, 0xff, 0x62, 0, 0x63)).toBe('a\ufffdb');
    expect(text(0xc3, 0xa9, 0)).toBe('é');
    expect(text(0x65, 0x66)).toBe('ef');
    expect(text()).toBe('');
  });
});
