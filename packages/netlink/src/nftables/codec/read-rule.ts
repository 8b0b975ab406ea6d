import { Attributes } from '../../rtnetlink/codec/attributes.js';
import type { Frame } from '../../rtnetlink/codec/frame.js';
import { formatIp } from '../../rtnetlink/codec/ip-address.js';
import type { NftAction, NftFoundRule, NftMatch, NftRule } from '../rule.js';
import * as nft from './constants.js';
import { statesInOrder } from './states.js';
import { prefixMask } from './write-rule.js';
import { readXtMatch, readXtTarget } from './xt.js';

/** What a register holds while a rule is read. */
type Held =
  | { readonly kind: 'meta'; readonly key: number }
  | { readonly kind: 'payload'; readonly base: number; readonly offset: number; readonly length: number }
  | { readonly kind: 'state' }
  | { readonly kind: 'masked'; readonly of: Held; readonly mask: Uint8Array }
  | { readonly kind: 'value'; readonly bytes: Uint8Array };

type Family = 'ipv4' | 'ipv6';

/**
 * Reads the expressions of a rule as nft(8), iptables-nft(8) and `writeRule` write them. Lenient: a rule that does more than
 * an `NftRule` can say, or says it in a way that is not known here, is null; it is never read as something else.
 */
export function readRule(list: Attributes, frame: Frame, family: string, handle: number): NftFoundRule {
  const reader = new RuleReader(frame, family);
  while (list.next()) if (list.type === nft.NFTA_LIST_ELEM) reader.take(list.nested());
  return { handle, rule: reader.rule(), counter: reader.counter };
}

class RuleReader {
  counter: NftFoundRule['counter'] = null;
  readonly #registers = new Map<number, Held>();
  #match: { -readonly [Key in keyof NftMatch]: NftMatch[Key] } = {};
  #action: NftAction | null = null;
  #isBeyond = false;

  constructor(
    private readonly frame: Frame,
    private readonly table: string,
  ) {}

  rule(): NftRule | null {
    if (this.#isBeyond || this.#action === null) return null;
    return { match: this.#match, action: this.#action };
  }

  take(element: Attributes): void {
    let name = '';
    let data: Attributes | null = null;
    while (element.next()) {
      if (element.type === nft.NFTA_EXPR_NAME) name = element.text();
      else if (element.type === nft.NFTA_EXPR_DATA) data = element.nested();
    }
    const fields = new Fields(this.frame, data);
    // What decides stands last.
    const isUnderstood = this.#action === null && this.#expression(name, fields);
    if (!isUnderstood) this.#isBeyond = true;
  }

  /** Whether it was understood in full. */
  #expression(name: string, fields: Fields): boolean {
    switch (name) {
      case 'meta':
        return this.#hold(fields.number(nft.NFTA_META_DREG), {
          kind: 'meta',
          key: fields.number(nft.NFTA_META_KEY) ?? -1,
        });
      case 'payload':
        return this.#hold(fields.number(nft.NFTA_PAYLOAD_DREG), {
          kind: 'payload',
          base: fields.number(nft.NFTA_PAYLOAD_BASE) ?? -1,
          offset: fields.number(nft.NFTA_PAYLOAD_OFFSET) ?? -1,
          length: fields.number(nft.NFTA_PAYLOAD_LEN) ?? -1,
        });
      case 'ct':
        if (fields.number(nft.NFTA_CT_KEY) !== nft.NFT_CT_STATE) return false;
        return this.#hold(fields.number(nft.NFTA_CT_DREG), { kind: 'state' });
      case 'bitwise':
        return this.#bitwise(fields);
      case 'cmp':
        return this.#compare(fields);
      case 'counter':
        this.counter = {
          packets: fields.number64(nft.NFTA_COUNTER_PACKETS),
          bytes: fields.number64(nft.NFTA_COUNTER_BYTES),
        };
        return true;
      case 'immediate':
        return this.#immediate(fields);
      case 'reject':
        return this.#reject(fields);
      case 'masq':
        return !fields.has(1, 2, 3) && this.#decide({ kind: 'masquerade' });
      case 'nat':
        return this.#translate(fields);
      case 'match': {
        const more = readXtMatch(
          fields.text(nft.NFTA_XT_NAME),
          fields.byte32(nft.NFTA_XT_REV),
          fields.raw(nft.NFTA_XT_INFO),
        );
        return more !== null && Object.entries(more).every(([key, value]) => this.#set(key as keyof NftMatch, value));
      }
      case 'target': {
        const action = readXtTarget(
          fields.text(nft.NFTA_XT_NAME),
          fields.byte32(nft.NFTA_XT_REV),
          fields.raw(nft.NFTA_XT_INFO),
          this.table,
        );
        return action !== null && this.#decide(action);
      }
      default:
        return false;
    }
  }

  #hold(register: number | null, held: Held): boolean {
    if (register === null) return false;
    this.#registers.set(register, held);
    return true;
  }

  #bitwise(fields: Fields): boolean {
    const source = this.#registers.get(fields.number(nft.NFTA_BITWISE_SREG) ?? -1);
    const mask = fields.value(nft.NFTA_BITWISE_MASK);
    const flip = fields.value(nft.NFTA_BITWISE_XOR);
    if (source === undefined || mask === null || flip === null || flip.some((byte) => byte !== 0)) return false;
    return this.#hold(fields.number(nft.NFTA_BITWISE_DREG), { kind: 'masked', of: source, mask });
  }

  #compare(fields: Fields): boolean {
    const held = this.#registers.get(fields.number(nft.NFTA_CMP_SREG) ?? -1);
    const value = fields.value(nft.NFTA_CMP_DATA);
    const operator = fields.number(nft.NFTA_CMP_OP);
    if (held === undefined || value === null) return false;
    if (held.kind === 'masked' && held.of.kind === 'state') {
      return operator === nft.NFT_CMP_NEQ && value.every((byte) => byte === 0) && this.#states(held.mask);
    }
    if (operator !== nft.NFT_CMP_EQ) return false;
    if (held.kind === 'meta') return this.#meta(held.key, value);
    if (held.kind === 'payload') return this.#payload(held, value, null);
    return held.kind === 'masked' && held.of.kind === 'payload' && this.#payload(held.of, value, held.mask);
  }

  #states(mask: Uint8Array): boolean {
    const bits = (mask[0] ?? 0) | ((mask[1] ?? 0) << 8) | ((mask[2] ?? 0) << 16);
    const names = nft.STATE_BITS.filter(([, bit]) => (bits & bit) !== 0);
    if (names.reduce((sum, [, bit]) => sum | bit, 0) !== bits || bits === 0) return false;
    return this.#set('state', statesInOrder(names.map(([name]) => name)));
  }

  #meta(key: number, value: Uint8Array): boolean {
    switch (key) {
      case nft.NFT_META_IIFNAME:
      case nft.NFT_META_OIFNAME: {
        const end = value.indexOf(0);
        // Without a NUL it is the beginning of names (`eth+`).
        if (end < 0) return false;
        const name = Buffer.from(value.subarray(0, end)).toString('utf8');
        return this.#set(key === nft.NFT_META_IIFNAME ? 'in' : 'out', name);
      }
      case nft.NFT_META_NFPROTO:
        if (value[0] !== nft.NFPROTO_IPV4 && value[0] !== nft.NFPROTO_IPV6) return false;
        return this.#set('family', value[0] === nft.NFPROTO_IPV4 ? 'ipv4' : 'ipv6');
      case nft.NFT_META_L4PROTO:
        return this.#protocol(value);
      default:
        return false;
    }
  }

  #protocol(value: Uint8Array): boolean {
    const name = nft.PROTOCOLS.find(([, number]) => number === value[0])?.[0];
    return name !== undefined && value.length === 1 && this.#set('protocol', name);
  }

  #payload(
    { base, offset, length }: Extract<Held, { kind: 'payload' }>,
    value: Uint8Array,
    mask: Uint8Array | null,
  ): boolean {
    if (value.length !== length) return false;
    if (base === nft.NFT_PAYLOAD_TRANSPORT_HEADER) {
      const hasPorts = this.#match.protocol === 'tcp' || this.#match.protocol === 'udp';
      if (!hasPorts || offset !== nft.DESTINATION_PORT_OFFSET || length !== 2 || mask !== null) return false;
      return this.#set('port', ((value[0] ?? 0) << 8) | (value[1] ?? 0));
    }
    const family = this.#family;
    if (base !== nft.NFT_PAYLOAD_NETWORK_HEADER || family === null) return false;
    if (family === 'ipv4' && offset === nft.PROTOCOL_OFFSET_IPV4 && length === 1 && mask === null) {
      return this.#protocol(value);
    }
    const side = (['from', 'to'] as const).find((one) => nft.ADDRESS_OFFSETS[family][one] === offset);
    if (side === undefined) return false;
    const network = networkOf(family, value, mask);
    return network !== null && this.#set(side, network);
  }

  /** Of the table, or as the rule has said. */
  get #family(): Family | null {
    if (this.table === 'ip') return 'ipv4';
    if (this.table === 'ip6') return 'ipv6';
    return this.#match.family ?? null;
  }

  #immediate(fields: Fields): boolean {
    const register = fields.number(nft.NFTA_IMMEDIATE_DREG);
    if (register !== nft.NFT_REG_VERDICT) {
      const bytes = fields.value(nft.NFTA_IMMEDIATE_DATA);
      return bytes !== null && this.#hold(register, { kind: 'value', bytes });
    }
    const code = fields.verdict(nft.NFTA_IMMEDIATE_DATA);
    if (code !== nft.NF_ACCEPT && code !== nft.NF_DROP) return false;
    return this.#decide({ kind: code === nft.NF_ACCEPT ? 'accept' : 'drop' });
  }

  #reject(fields: Fields): boolean {
    const type = fields.number(nft.NFTA_REJECT_TYPE);
    const code = fields.byte(nft.NFTA_REJECT_ICMP_CODE);
    const family = this.#family === null ? this.table : this.#family === 'ipv4' ? 'ip' : 'ip6';
    const isPort =
      (type === nft.NFT_REJECT_ICMPX_UNREACH && code === nft.NFT_REJECT_ICMPX_PORT_UNREACH) ||
      (type === nft.NFT_REJECT_ICMP_UNREACH && code === nft.PORT_UNREACHABLE.get(family));
    return isPort && this.#decide({ kind: 'reject' });
  }

  #translate(fields: Fields): boolean {
    const type = fields.number(nft.NFTA_NAT_TYPE);
    const family = fields.number(nft.NFTA_NAT_FAMILY);
    const address = this.#value(fields, nft.NFTA_NAT_REG_ADDR_MIN, nft.NFTA_NAT_REG_ADDR_MAX);
    const port = this.#value(fields, nft.NFTA_NAT_REG_PROTO_MIN, nft.NFTA_NAT_REG_PROTO_MAX);
    const beyond = ~(nft.NF_NAT_RANGE_MAP_IPS | nft.NF_NAT_RANGE_PROTO_SPECIFIED);
    if (address === null || address === undefined || port === null) return false;
    if (((fields.number(nft.NFTA_NAT_FLAGS) ?? 0) & beyond) !== 0) return false;
    const to = formatIp(address, 0, address.length);
    if (to === null || address.length !== (family === nft.NFPROTO_IPV4 ? 4 : 16)) return false;
    if (type === nft.NFT_NAT_SNAT) return port === undefined && this.#decide({ kind: 'snat', to });
    const number = port === undefined ? undefined : ((port[0] ?? 0) << 8) | (port[1] ?? 0);
    return (
      type === nft.NFT_NAT_DNAT && this.#decide({ kind: 'dnat', to, ...(number === undefined ? {} : { port: number }) })
    );
  }

  /** The value that two attributes say alike; undefined: none; null: a range, or nothing that is known. */
  #value(fields: Fields, least: number, most: number): Uint8Array | undefined | null {
    const [low, high] = [fields.number(least), fields.number(most)];
    if (low === null) return undefined;
    const held = this.#registers.get(low);
    const top = high === null ? held : this.#registers.get(high);
    if (held?.kind !== 'value' || top?.kind !== 'value') return null;
    return Buffer.compare(held.bytes, top.bytes) === 0 ? held.bytes : null;
  }

  /** A rule that asks for one thing twice means both: more than can be said. */
  #set<Key extends keyof NftMatch>(key: Key, value: NftMatch[Key]): boolean {
    if (this.#match[key] !== undefined && this.#match[key] !== value) return false;
    this.#match[key] = value;
    return true;
  }

  #decide(action: NftAction): boolean {
    this.#action = action;
    return true;
  }
}

/** Null: the mask is no prefix. */
function networkOf(family: Family, value: Uint8Array, mask: Uint8Array | null): string | null {
  const bytes = new Uint8Array(family === 'ipv4' ? 4 : 16);
  if (value.length > bytes.length) return null;
  bytes.set(value);
  const address = formatIp(bytes, 0, bytes.length);
  if (address === null) return null;
  let prefix = value.length * 8;
  if (mask !== null) {
    prefix = mask.reduce((sum, byte) => sum + bitCount(byte), 0);
    if (Buffer.compare(mask, prefixMask(value.length, prefix)) !== 0) return null;
  }
  return prefix === bytes.length * 8 ? address : `${address}/${prefix}`;
}

function bitCount(byte: number): number {
  let count = 0;
  for (let left = byte; left !== 0; left >>= 1) count += left & 1;
  return count;
}

/** The attributes of one expression, by number. nf_tables has its numbers in network byte order. */
class Fields {
  readonly #places = new Map<number, { readonly start: number; readonly end: number }>();

  constructor(
    private readonly frame: Frame,
    attributes: Attributes | null,
  ) {
    if (attributes === null) return;
    while (attributes.next()) this.#places.set(attributes.type, { start: attributes.start, end: attributes.end });
  }

  has(...types: readonly number[]): boolean {
    return types.some((type) => this.#places.has(type));
  }

  number(type: number): number | null {
    const place = this.#places.get(type);
    return place === undefined || place.end - place.start < 4 ? null : this.frame.view.getUint32(place.start, false);
  }

  number64(type: number): number {
    const place = this.#places.get(type);
    if (place === undefined || place.end - place.start < 8) return 0;
    return Number(this.frame.view.getBigUint64(place.start, false));
  }

  byte(type: number): number | null {
    const place = this.#places.get(type);
    return place === undefined || place.end === place.start ? null : this.frame.view.getUint8(place.start);
  }

  byte32(type: number): number {
    return this.number(type) ?? -1;
  }

  text(type: number): string {
    const raw = this.raw(type);
    const end = raw.indexOf(0);
    return Buffer.from(end < 0 ? raw : raw.subarray(0, end)).toString('latin1');
  }

  /** A copy: the frame is used again for the next answer. */
  raw(type: number): Uint8Array {
    const place = this.#places.get(type);
    return place === undefined ? new Uint8Array() : Uint8Array.from(this.frame.bytes.subarray(place.start, place.end));
  }

  /** The bytes of a nested NFTA_DATA_VALUE. */
  value(type: number): Uint8Array | null {
    const inner = this.#inside(type, nft.NFTA_DATA_VALUE);
    return inner === null ? null : Uint8Array.from(this.frame.bytes.subarray(inner.start, inner.end));
  }

  verdict(type: number): number | null {
    const inner = this.#inside(type, nft.NFTA_DATA_VERDICT);
    if (inner === null) return null;
    const attributes = inner.nested();
    let code: number | null = null;
    while (attributes.next()) {
      if (attributes.type === nft.NFTA_VERDICT_CODE && attributes.end - attributes.start >= 4) {
        code = this.frame.view.getInt32(attributes.start, false);
      }
    }
    return code;
  }

  #inside(type: number, wanted: number): Attributes | null {
    const place = this.#places.get(type);
    if (place === undefined) return null;
    const attributes = new Attributes(this.frame, place.start, place.end);
    while (attributes.next()) if (attributes.type === wanted) return attributes;
    return null;
  }
}
