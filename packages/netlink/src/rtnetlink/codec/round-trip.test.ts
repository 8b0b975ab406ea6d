import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Request } from '../request.js';
import { newAddress } from '../requests/address.js';
import { addPortVlans, setBridge } from '../requests/bridge.js';
import { type DeviceSpec, newDevice, setDevice } from '../requests/device.js';
import { newBridge, newVeth, setLink } from '../requests/link.js';
import { newNsid } from '../requests/nsid.js';
import { emulateNetwork, limitRate } from '../requests/qdisc.js';
import { newRoute } from '../requests/route.js';
import { newRule } from '../requests/rule.js';
import { decodeAddress } from './address.js';
import { Attributes } from './attributes.js';
import { type Frame, frameOf } from './frame.js';
import { formatIp } from './ip-address.js';
import { decodeLink } from './link.js';
import { MessageWriter } from './message-writer.js';
import { Messages } from './messages.js';
import { decodeNsid } from './nsid.js';
import { decodePortVlans } from './port-vlans.js';
import { decodeQdisc } from './qdisc.js';
import { decodeRoute } from './route.js';
import { decodeRule } from './rule.js';

/** Encodes requests as a batch does and reads them back with the decoders for what the kernel says. */
function encode(requests: readonly Request[]): { frame: Frame; length: number } {
  const writer = new MessageWriter();
  requests.forEach((request, index) => {
    writer.begin(request.type, request.flags, index + 1);
    request.encode(writer);
    writer.end();
  });
  return { frame: frameOf(writer.bytes), length: writer.length };
}

function readOne<T>(request: Request, decode: (frame: Frame, start: number, end: number) => T): T {
  const { frame, length } = encode([request]);
  const message = new Messages(frame, length);
  expect(message.next()).toBe(true);
  const decoded = decode(frame, message.start, message.end);
  expect(message.next()).toBe(false);
  return decoded;
}

const ipv4 = fc.uint8Array({ minLength: 4, maxLength: 4 }).map((bytes) => formatIp(bytes, 0, 4) ?? '');
const ipv6 = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => formatIp(bytes, 0, 16) ?? '');
const ifindex = fc.integer({ min: 1, max: 0x7fff_ffff });
const ifname = fc.string({ unit: 'binary', minLength: 1, maxLength: 15 }).filter((name) => {
  const bytes = Buffer.byteLength(name);
  return bytes >= 1 && bytes <= 15 && !name.includes('\0') && Buffer.from(name).toString() === name;
});

const someAddress = fc.oneof(ipv4, ipv6).filter((address) => address !== '0.0.0.0' && address !== '::');

/** What reading gives for an interface that was asked for so. */
function asRead(spec: DeviceSpec): object {
  switch (spec.kind) {
    case 'vlan':
      return { linkIndex: spec.parent, device: { kind: 'vlan', id: spec.id, protocol: '802.1Q' } };
    case 'macvlan':
      return { linkIndex: spec.parent, device: { kind: 'macvlan', mode: spec.mode } };
    case 'vxlan': {
      const { kind, id, port, local = null, remote = null, parent = null } = spec;
      return { linkIndex: parent, device: { kind, id, port, local, remote } };
    }
    case 'gre': {
      const { kind, local, remote, key = null, ttl = 0 } = spec;
      return { device: { kind, local, remote, inputKey: key, outputKey: key, ttl } };
    }
    default:
      return { device: spec };
  }
}

describe('requests, read back', () => {
  it('hold the address they were made for', () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), fc.nat(32), ifindex, fc.boolean(), (address, prefixLength, index, noDad) => {
        const read = readOne(newAddress({ address, prefixLength, ifindex: index, noDad }), decodeAddress);
        expect(read).toMatchObject({ address, prefixLength, ifindex: index, nodad: noDad, peer: null });
      }),
    );
  });

  it('hold the route they were made for', () => {
    const target = fc.oneof(
      fc.record({
        family: fc.constant(4 as const),
        dst: ipv4,
        gateway: fc.oneof(ipv4, ipv6),
        prefixLength: fc.integer({ min: 1, max: 32 }),
      }),
      fc.record({
        family: fc.constant(6 as const),
        dst: ipv6,
        gateway: fc.oneof(ipv4, ipv6),
        prefixLength: fc.integer({ min: 1, max: 128 }),
      }),
    );
    const numbers = fc.record({ metric: fc.nat(), table: fc.integer({ min: 1, max: 0x7fff_ffff }), oif: ifindex });
    fc.assert(
      fc.property(target, numbers, fc.integer({ min: 1, max: 255 }), (route, more, protocol) => {
        expect(readOne(newRoute({ ...route, ...more, protocol }), decodeRoute)).toMatchObject({
          ...route,
          ...more,
          protocol,
        });
      }),
    );
    expect(
      readOne(newRoute({ family: 4, dst: null, prefixLength: 0, gateway: '10.0.0.1' }), decodeRoute),
    ).toMatchObject({
      dst: null,
      gateway: '10.0.0.1',
      scope: 'global',
      table: 254,
      protocol: 3,
    });
  });

  it('hold the rule they were made for', () => {
    const range = fc
      .tuple(fc.nat(65_535), fc.nat(65_535))
      .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
    const spec = fc.record({
      family: fc.constant(4 as const),
      priority: fc.nat(),
      src: ipv4,
      srcPrefixLength: fc.integer({ min: 1, max: 32 }),
      dst: ipv4,
      dstPrefixLength: fc.integer({ min: 1, max: 32 }),
      invert: fc.boolean(),
      iif: ifname,
      oif: ifname,
      fwmark: fc.nat(),
      fwmask: fc.nat(),
      ipProtocol: fc.nat(255),
      sourcePorts: range,
      destinationPorts: range,
      uids: range,
      table: fc.integer({ min: 1, max: 0x7fff_ffff }),
      protocol: fc.integer({ min: 1, max: 255 }),
    });
    fc.assert(
      fc.property(spec, (rule) => {
        expect(readOne(newRule(rule), decodeRule)).toMatchObject({ ...rule, action: 'table' });
      }),
    );
    expect(readOne(newRule({ family: 6, action: 'goto', goto: 9, priority: 3 }), decodeRule)).toMatchObject({
      action: 'goto',
      goto: 9,
      src: null,
      iif: null,
      fwmark: null,
    });
  });

  it('hold the interface they were made for, whatever its name', () => {
    fc.assert(
      fc.property(ifname, ifindex, fc.integer({ min: 68, max: 65_535 }), (name, index, mtu) => {
        const mac = '02:00:00:00:00:01';
        const veth = newVeth({ a: { ifname: name, ifindex: index, mtu, mac }, b: { ifname: 'peer' } });
        expect(readOne(veth, decodeLink)).toMatchObject({
          ifname: name,
          ifindex: index,
          mtu,
          mac,
          kind: 'veth',
          up: false,
        });
        const bridge = newBridge({ ifname: name, up: true, stp: true });
        expect(readOne(bridge, decodeLink)).toMatchObject({ ifname: name, kind: 'bridge', stp: true, up: true });
        const change = setLink({ ifindex: index, master: 7, newName: name, up: true });
        expect(readOne(change, decodeLink)).toMatchObject({ ifname: name, ifindex: index, master: 7, up: true });
      }),
    );
  });

  it('hold the settings of every kind of interface', () => {
    const mode = fc.constantFrom('private' as const, 'vepa' as const, 'bridge' as const, 'passthru' as const);
    const bondMode = fc.constantFrom('balance-rr' as const, 'active-backup' as const, '802.3ad' as const);
    const device: fc.Arbitrary<DeviceSpec> = fc.oneof(
      fc.record({ kind: fc.constant('vlan' as const), parent: ifindex, id: fc.integer({ min: 1, max: 4094 }) }),
      fc.record(
        {
          kind: fc.constant('vxlan' as const),
          id: fc.nat(0xff_ffff),
          port: fc.nat(0xffff),
          local: someAddress,
          remote: someAddress,
          parent: ifindex,
        },
        { requiredKeys: ['kind', 'id', 'port'] },
      ),
      fc.record({ kind: fc.constant('macvlan' as const), parent: ifindex, mode }),
      fc.record(
        {
          kind: fc.constant('gre' as const),
          local: ipv4.filter((address) => address !== '0.0.0.0'),
          remote: ipv4.filter((address) => address !== '0.0.0.0'),
          key: fc.nat(0xffff_ffff),
          ttl: fc.nat(255),
        },
        { requiredKeys: ['kind', 'local', 'remote'] },
      ),
      fc.record({ kind: fc.constant('bond' as const), mode: bondMode, miimonMs: fc.nat(1000) }),
      fc.record({ kind: fc.constant('vrf' as const), table: fc.nat(0xffff_ffff) }),
    );
    fc.assert(
      fc.property(device, ifindex, (spec, index) => {
        const made = readOne(newDevice({ ifname: 'd0', ifindex: index, mtu: 1400, device: spec }), decodeLink);
        expect(made).toMatchObject({ ifname: 'd0', ifindex: index, mtu: 1400, up: false, ...asRead(spec) });
        const changed = readOne(setDevice({ ifindex: index, device: spec }), decodeLink);
        expect(changed).toMatchObject({
          ifindex: index,
          ...(spec.kind === 'vxlan' ? asRead({ ...spec, port: 0 }) : asRead(spec)),
        });
      }),
    );
    expect(readOne(newDevice({ ifname: 'd0', device: { kind: 'dummy' } }), decodeLink)).toMatchObject({
      kind: 'dummy',
      device: null,
    });
  });

  it('hold both ends of a veth pair', () => {
    const veth = newVeth({
      a: { ifname: 'a', namespaceFd: 3 },
      b: { ifname: 'b', ifindex: 12, mtu: 1300, namespaceFd: 4 },
    });
    const peer = readOne(veth, (frame, start, end) => {
      const find = (attributes: Attributes, type: number): Attributes => {
        while (attributes.next()) if (attributes.type === type) return attributes;
        throw new Error(`no attribute ${type}`);
      };
      // IFLA_LINKINFO, IFLA_INFO_DATA, VETH_INFO_PEER
      const info = find(new Attributes(frame, start + 16, end), 18).nested();
      const found = find(find(info, 2).nested(), 1);
      return decodeLink(frame, found.start, found.end);
    });
    expect(peer).toMatchObject({ ifname: 'b', ifindex: 12, mtu: 1300 });
  });

  it('hold the number of a namespace', () => {
    expect(readOne(newNsid({ namespaceFd: 5, nsid: 77 }), decodeNsid)).toBe(77);
  });

  it('stand one behind the other in a batch larger than the memory was', () => {
    const requests = Array.from({ length: 2000 }, (_, index) =>
      newAddress({
        address: formatIp(Uint8Array.of(10, 0, index >> 8, index & 255), 0, 4) ?? '',
        prefixLength: 24,
        ifindex: index + 1,
      }),
    );
    const { frame, length } = encode(requests);
    const message = new Messages(frame, length);
    let count = 0;
    while (message.next()) {
      count++;
      expect(message.sequence).toBe(count);
      expect(decodeAddress(frame, message.start, message.end)?.ifindex).toBe(count);
    }
    expect(count).toBe(2000);
  });
});

describe('requests that could not be sent as asked', () => {
  it('are refused when they are made', () => {
    expect(() => newVeth({ a: { ifname: 'sixteen-bytes-xx' }, b: { ifname: 'b' } })).toThrow(RangeError);
    expect(() => newBridge({ ifname: '' })).toThrow(RangeError);
    expect(() => newBridge({ ifname: 'a\0b' })).toThrow(RangeError);
    expect(() => newBridge({ ifname: 'br0', ifindex: -1 })).toThrow(RangeError);
    expect(() => setLink({ ifindex: 1, mtu: Number.NaN })).toThrow(RangeError);
    expect(() => setLink({ ifindex: 1, mac: 'x' })).toThrow(RangeError);
    expect(() => setLink({ ifindex: 1, alias: 'a'.repeat(256) })).toThrow(RangeError);
    expect(() => setLink({ ifindex: 1, alias: 'a\0b' })).toThrow(RangeError);
    expect(() => setLink({ ifname: 'a', newName: 'b' })).toThrow(TypeError);
    expect(() => newAddress({ ifindex: 1, address: '10.0.0.1', prefixLength: 33 })).toThrow(RangeError);
    expect(() => newAddress({ ifindex: 1, address: 'fd00::1', prefixLength: 64, family: 4 })).toThrow(RangeError);
    expect(() => newRoute({ family: 4, dst: null, prefixLength: 8 })).toThrow(RangeError);
    expect(() => newRoute({ family: 4, dst: '10.0.0.0', prefixLength: 8, gateway: 'x' })).toThrow(RangeError);
    expect(() => newDevice({ ifname: 'v', device: { kind: 'vlan', parent: 1, id: 4095 } })).toThrow(RangeError);
    expect(() => newDevice({ ifname: 'v', device: { kind: 'vxlan', id: 2 ** 24, port: 1 } })).toThrow(RangeError);
    expect(() => newDevice({ ifname: 'v', device: { kind: 'gre', local: 'fd00::1', remote: '10.0.0.1' } })).toThrow(
      RangeError,
    );
    expect(() => newNsid({ namespaceFd: 3, nsid: -1 })).toThrow(RangeError);
  });
});

describe('what happens to packets that leave', () => {
  const nanoseconds = fc.nat(60_000_000).map((microseconds) => microseconds * 1000);
  const share = fc.nat(0xffff_ffff).map((probability) => probability / 0xffff_ffff);
  const rate = fc.integer({ min: 1, max: 12_500_000_000 });
  const limitPackets = fc.nat(1_000_000);

  it('reads an emulated network back as it was asked for', () => {
    const emulation = fc.record({
      ifindex,
      delayNs: nanoseconds,
      jitterNs: nanoseconds,
      loss: share,
      duplicate: share,
      reorder: share,
      corrupt: share,
      limitPackets,
    });
    fc.assert(
      fc.property(emulation, rate, (asked, bytes) => {
        const read = readOne(emulateNetwork({ ...asked, rateBitsPerSecond: bytes * 8 }), decodeQdisc);
        const { ifindex: of, ...settings } = asked;
        expect(read).toEqual({
          ifindex: of,
          handle: 0,
          parent: 0xffff_ffff,
          kind: 'netem',
          settings: {
            kind: 'netem',
            ...settings,
            rateBytesPerSecond: bytes,
            gap: asked.reorder === 0 ? 0 : 1,
            others: [],
          },
        });
      }),
    );
  });

  it('reads a token bucket back as it was asked for, its burst to the byte that a tick of the clock allows', () => {
    fc.assert(
      fc.property(
        ifindex,
        rate.map((bytes) => bytes + 124),
        fc.integer({ min: 2000, max: 30_000 }),
        (of, bytes, burstBytes) => {
          const request = limitRate({ ifindex: of, rateBitsPerSecond: bytes * 8, burstBytes, limitBytes: 99_999 });
          const { settings } = readOne(request, decodeQdisc) ?? {};
          expect(settings).toMatchObject({ kind: 'tbf', rateBytesPerSecond: bytes, limitBytes: 99_999 });
          const read = settings?.kind === 'tbf' ? settings.burstBytes : Number.NaN;
          expect(Math.abs(read - burstBytes)).toBeLessThanOrEqual(1 + (bytes * 64) / 1e9);
        },
      ),
    );
  });
});

describe('bridges', () => {
  it('reads back what is asked of a bridge, and the VLAN of a port', () => {
    fc.assert(
      fc.property(ifindex, fc.boolean(), fc.boolean(), (of, stp, vlanFiltering) => {
        expect(readOne(setBridge({ ifindex: of, stp, vlanFiltering }), decodeLink)).toMatchObject({
          ifindex: of,
          kind: 'bridge',
          stp,
          vlanFiltering,
        });
      }),
    );
    fc.assert(
      fc.property(ifindex, fc.integer({ min: 1, max: 4094 }), fc.boolean(), fc.boolean(), (of, id, pvid, untagged) => {
        const read = readOne(addPortVlans({ ifindex: of, vlans: [{ id, pvid, untagged }] }), decodePortVlans);
        expect(read).toEqual({ ifindex: of, vlans: [{ id, pvid, untagged }] });
      }),
    );
  });
});
