import { familyOf, parseIp } from '../../rtnetlink/codec/ip-address.js';
import type { MessageWriter } from '../../rtnetlink/codec/message-writer.js';
import type { NftAction, NftMatch, NftRule } from '../rule.js';
import * as nft from './constants.js';

/**
 * Writes the expressions of a rule, in the order and the form in which nft(8) writes them for the family `inet`, so that nft
 * reads them back as the line that a person would have typed. Every rule counts.
 */
export function writeRule(writer: MessageWriter, { match, action }: NftRule): void {
  const list = writer.nest(nft.NFTA_RULE_EXPRESSIONS | nft.NLA_F_NESTED);
  const expressions = new Expressions(writer);
  expressions.match(match, action);
  expressions.counter();
  expressions.action(action);
  writer.unnest(list);
}

class Expressions {
  constructor(private readonly writer: MessageWriter) {}

  match(match: NftMatch, action: NftAction): void {
    if (match.in !== undefined) this.#name(nft.NFT_META_IIFNAME, match.in);
    if (match.out !== undefined) this.#name(nft.NFT_META_OIFNAME, match.out);
    const family = match.family ?? familyIn(match, action);
    if (family !== null) this.#meta(nft.NFT_META_NFPROTO, family === 'ipv4' ? nft.NFPROTO_IPV4 : nft.NFPROTO_IPV6);
    if (match.from !== undefined) this.#network('from', match.from);
    if (match.to !== undefined) this.#network('to', match.to);
    if (match.protocol !== undefined) {
      const number = nft.PROTOCOLS.find(([name]) => name === match.protocol)?.[1] ?? 0;
      this.#meta(nft.NFT_META_L4PROTO, number);
    }
    if (match.port !== undefined) {
      this.#payload(nft.NFT_PAYLOAD_TRANSPORT_HEADER, nft.DESTINATION_PORT_OFFSET, 2);
      this.#equals(portBytes(match.port));
    }
    if (match.state !== undefined) this.#state(match.state);
  }

  counter(): void {
    this.#expression('counter', () => {
      this.writer.attribute(nft.NFTA_COUNTER_BYTES, new Uint8Array(8));
      this.writer.attribute(nft.NFTA_COUNTER_PACKETS, new Uint8Array(8));
    });
  }

  action(action: NftAction): void {
    switch (action.kind) {
      case 'accept':
        this.#verdict(nft.NF_ACCEPT);
        break;
      case 'drop':
        this.#verdict(nft.NF_DROP);
        break;
      case 'reject':
        this.#expression('reject', () => {
          this.writer.attributeBe32(nft.NFTA_REJECT_TYPE, nft.NFT_REJECT_ICMPX_UNREACH);
          this.writer.attributeU8(nft.NFTA_REJECT_ICMP_CODE, nft.NFT_REJECT_ICMPX_PORT_UNREACH);
        });
        break;
      case 'masquerade':
        this.#expression('masq', () => undefined);
        break;
      case 'snat':
        this.#translate(nft.NFT_NAT_SNAT, action.to, undefined);
        break;
      case 'dnat':
        this.#translate(nft.NFT_NAT_DNAT, action.to, action.port);
        break;
    }
  }

  #name(key: number, ifname: string): void {
    const bytes = new Uint8Array(nft.IFNAME_BYTES);
    bytes.set(Buffer.from(ifname).subarray(0, nft.IFNAME_BYTES - 1));
    this.#loadMeta(key);
    this.#equals(bytes);
  }

  /** A property of one byte. */
  #meta(key: number, value: number): void {
    this.#loadMeta(key);
    this.#equals(Uint8Array.of(value));
  }

  #loadMeta(key: number): void {
    this.#expression('meta', () => {
      this.writer.attributeBe32(nft.NFTA_META_DREG, nft.NFT_REG_1);
      this.writer.attributeBe32(nft.NFTA_META_KEY, key);
    });
  }

  /** A prefix of whole bytes needs no mask: fewer bytes are compared. */
  #network(side: 'from' | 'to', text: string): void {
    const slash = text.indexOf('/');
    const address = slash < 0 ? text : text.slice(0, slash);
    const family = familyOf(address);
    const bytes = parseIp(address, family);
    const prefix = slash < 0 ? bytes.length * 8 : Number(text.slice(slash + 1));
    const offset = nft.ADDRESS_OFFSETS[family === 4 ? 'ipv4' : 'ipv6'][side];
    if (prefix % 8 === 0) {
      this.#payload(nft.NFT_PAYLOAD_NETWORK_HEADER, offset, prefix / 8);
      this.#equals(bytes.subarray(0, prefix / 8));
      return;
    }
    this.#payload(nft.NFT_PAYLOAD_NETWORK_HEADER, offset, bytes.length);
    this.#mask(prefixMask(bytes.length, prefix));
    this.#equals(bytes);
  }

  #payload(base: number, offset: number, length: number): void {
    this.#expression('payload', () => {
      this.writer.attributeBe32(nft.NFTA_PAYLOAD_DREG, nft.NFT_REG_1);
      this.writer.attributeBe32(nft.NFTA_PAYLOAD_BASE, base);
      this.writer.attributeBe32(nft.NFTA_PAYLOAD_OFFSET, offset);
      this.writer.attributeBe32(nft.NFTA_PAYLOAD_LEN, length);
    });
  }

  #mask(mask: Uint8Array): void {
    this.#expression('bitwise', () => {
      this.writer.attributeBe32(nft.NFTA_BITWISE_SREG, nft.NFT_REG_1);
      this.writer.attributeBe32(nft.NFTA_BITWISE_DREG, nft.NFT_REG_1);
      this.writer.attributeBe32(nft.NFTA_BITWISE_LEN, mask.length);
      this.#data(nft.NFTA_BITWISE_MASK, mask);
      this.#data(nft.NFTA_BITWISE_XOR, new Uint8Array(mask.length));
    });
  }

  #state(states: NonNullable<NftMatch['state']>): void {
    const bits = nft.STATE_BITS.reduce((sum, [name, bit]) => (states.includes(name) ? sum | bit : sum), 0);
    this.#expression('ct', () => {
      this.writer.attributeBe32(nft.NFTA_CT_DREG, nft.NFT_REG_1);
      this.writer.attributeBe32(nft.NFTA_CT_KEY, nft.NFT_CT_STATE);
    });
    // A number of the machine, not of the wire.
    this.#mask(Uint8Array.of(bits, 0, 0, 0));
    this.#compare(nft.NFT_CMP_NEQ, new Uint8Array(4));
  }

  #translate(type: number, to: string, port: number | undefined): void {
    const family = familyOf(to);
    this.#immediate(nft.NFT_REG_1, parseIp(to, family));
    if (port !== undefined) this.#immediate(nft.NFT_REG_2, portBytes(port));
    this.#expression('nat', () => {
      this.writer.attributeBe32(nft.NFTA_NAT_TYPE, type);
      this.writer.attributeBe32(nft.NFTA_NAT_FAMILY, family === 4 ? nft.NFPROTO_IPV4 : nft.NFPROTO_IPV6);
      this.writer.attributeBe32(nft.NFTA_NAT_REG_ADDR_MIN, nft.NFT_REG_1);
      if (port !== undefined) this.writer.attributeBe32(nft.NFTA_NAT_REG_PROTO_MIN, nft.NFT_REG_2);
    });
  }

  #verdict(code: number): void {
    this.#expression('immediate', () => {
      this.writer.attributeBe32(nft.NFTA_IMMEDIATE_DREG, nft.NFT_REG_VERDICT);
      const data = this.writer.nest(nft.NFTA_IMMEDIATE_DATA | nft.NLA_F_NESTED);
      const verdict = this.writer.nest(nft.NFTA_DATA_VERDICT | nft.NLA_F_NESTED);
      this.writer.attributeBe32(nft.NFTA_VERDICT_CODE, code);
      this.writer.unnest(verdict);
      this.writer.unnest(data);
    });
  }

  #immediate(register: number, value: Uint8Array): void {
    this.#expression('immediate', () => {
      this.writer.attributeBe32(nft.NFTA_IMMEDIATE_DREG, register);
      this.#data(nft.NFTA_IMMEDIATE_DATA, value);
    });
  }

  #equals(value: Uint8Array): void {
    this.#compare(nft.NFT_CMP_EQ, value);
  }

  #compare(operator: number, value: Uint8Array): void {
    this.#expression('cmp', () => {
      this.writer.attributeBe32(nft.NFTA_CMP_SREG, nft.NFT_REG_1);
      this.writer.attributeBe32(nft.NFTA_CMP_OP, operator);
      this.#data(nft.NFTA_CMP_DATA, value);
    });
  }

  #data(type: number, value: Uint8Array): void {
    const data = this.writer.nest(type | nft.NLA_F_NESTED);
    this.writer.attribute(nft.NFTA_DATA_VALUE, value);
    this.writer.unnest(data);
  }

  #expression(name: string, write: () => void): void {
    const element = this.writer.nest(nft.NFTA_LIST_ELEM | nft.NLA_F_NESTED);
    this.writer.attributeText(nft.NFTA_EXPR_NAME, name);
    const data = this.writer.nest(nft.NFTA_EXPR_DATA | nft.NLA_F_NESTED);
    write();
    this.writer.unnest(data);
    this.writer.unnest(element);
  }
}

/** Headers are only looked into once it is known whose they are. */
function familyIn({ from, to }: NftMatch, action: NftAction): 'ipv4' | 'ipv6' | null {
  const address = from ?? to ?? ('to' in action ? action.to : undefined);
  return address === undefined ? null : address.includes(':') ? 'ipv6' : 'ipv4';
}

function portBytes(port: number): Uint8Array {
  return Uint8Array.of(port >> 8, port & 0xff);
}

/** The mask of a prefix length, over so many bytes. */
export function prefixMask(length: number, prefix: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => {
    const bits = Math.min(8, Math.max(0, prefix - index * 8));
    return (0xff << (8 - bits)) & 0xff;
  });
}
