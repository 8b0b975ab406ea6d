import { bitsOf, type Family, formatIp, networkBounds, readIpv4, readIpv6 } from '../addressing/ip-number.js';
import type { Cidr, IpAddress, Network } from './names.js';
import { type Parsed, type Problem, quoted, refused } from './problem.js';
import { addressProblem } from './unusable-addresses.js';
import { whyNotIpv4, whyNotIpv6 } from './why-not-an-address.js';

/** Prefix length to offer when there is none. */
const usualPrefix: Record<Family, number> = { 4: 24, 6: 64 };

interface IpText {
  readonly family: Family;
  readonly value: bigint;
}

/**
 * An address with prefix length for an interface: `192.168.1.1/24`. The result is canonical text (RFC 5952 for IPv6).
 * Refused: every form that programs read differently, and addresses that no interface can have (network, broadcast,
 * multicast, unspecified, loopback). /31, /32, /127 and /128 are legal (RFC 3021, RFC 6164).
 */
export function parseCidr(text: string): Parsed<Cidr> {
  const split = splitPrefix(text);
  if (!split.ok) return split;
  const { family, value, prefix } = split.value;
  const problem = addressProblem({ family, value, prefix });
  if (problem !== null) return { ok: false, problem };
  return { ok: true, value: `${formatIp(family, value)}/${prefix}` as Cidr };
}

/** An address without prefix length, such as a gateway or the target of a probe. */
export function parseIpAddress(text: string): Parsed<IpAddress> {
  const slash = text.indexOf('/');
  const bare = slash < 0 ? text : text.slice(0, slash);
  const read = readIp(bare);
  if (!read.ok) {
    const offer = read.problem.fix?.value;
    return offer === undefined ? read : refused(read.problem.code, read.problem.detail, offer);
  }
  const { family, value } = read.value;
  const canonical = formatIp(family, value);
  const problem = addressProblem({ family, value, prefix: bitsOf(family) });
  if (problem !== null) return { ok: false, problem: withoutPrefix(problem) };
  if (slash >= 0) {
    return refused(
      'address.prefix-unwanted',
      `${quoted(text)} has a prefix length; here stands one address.`,
      canonical,
    );
  }
  return { ok: true, value: canonical as IpAddress };
}

/** Where a route leads: `default`, or a network without bits behind its prefix. */
export function parseDestination(text: string): Parsed<Cidr | 'default'> {
  if (text === 'default') return { ok: true, value: text };
  if (/^(?:0\.0\.0\.0|::)\/0$/.test(text)) {
    return refused(
      'route.destination',
      `${text} is written "default" here; the gateway says of which family.`,
      'default',
    );
  }
  const split = splitPrefix(text);
  if (!split.ok) return split;
  const { family, value, prefix } = split.value;
  const { first } = networkBounds(split.value);
  const network = `${formatIp(family, first)}/${prefix}`;
  if (prefix === 0) {
    return refused('route.destination', `${quoted(text)} covers everything: that is written "default".`, 'default');
  }
  if (first !== value) {
    const detail = `${quoted(text)} has bits set behind /${prefix}; the network is ${network}.`;
    return refused('route.host-bits', detail, network);
  }
  const kind = addressProblem({ family, value, prefix: bitsOf(family) });
  if (kind !== null && kind.code !== 'address.unspecified') {
    return refused(kind.code, `${kind.detail} A route to it is not possible here.`, 'default');
  }
  return { ok: true, value: network as Cidr };
}

/** What a rule matches: an address, or a network without bits behind its prefix. A network of one address is written as that. */
export function parseNetwork(text: string): Parsed<Network> {
  const slash = text.indexOf('/');
  if (slash < 0) {
    const read = readIp(text);
    if (!read.ok) return withOfferWithoutPrefix(read.problem);
    return { ok: true, value: formatIp(read.value.family, read.value.value) as Network };
  }
  const split = splitPrefix(text);
  if (!split.ok) return split;
  const { family, value, prefix } = split.value;
  if (prefix === 0) {
    return refused('network.any', `${quoted(text)} is every address; leave it out, a rule without it means the same.`);
  }
  const { first } = networkBounds(split.value);
  const network = prefix === bitsOf(family) ? formatIp(family, first) : `${formatIp(family, first)}/${prefix}`;
  if (first === value) return { ok: true, value: network as Network };
  const detail = `${quoted(text)} has bits set behind /${prefix}; the network is ${network}.`;
  return refused('network.host-bits', detail, network);
}

function withOfferWithoutPrefix(problem: Problem): Parsed<never> {
  const offer = problem.fix?.value?.split('/')[0];
  return refused(problem.code, problem.detail, offer);
}

function splitPrefix(text: string): Parsed<IpText & { readonly prefix: number }> {
  const slash = text.indexOf('/');
  const read = readIp(slash < 0 ? text : text.slice(0, slash));
  if (!read.ok) {
    const offer = read.problem.fix?.value;
    if (offer === undefined) return read;
    const prefix = slash < 0 ? '' : text.slice(slash + 1);
    return refused(read.problem.code, read.problem.detail, usableCidr(offer, prefix));
  }
  const { family, value } = read.value;
  const canonical = formatIp(family, value);
  if (slash < 0) {
    const offer = usableCidr(canonical, '');
    const detail = `${quoted(text)} has no prefix length, so nobody knows how large its subnet is.`;
    return refused('address.prefix-missing', detail, offer);
  }
  const prefixText = text.slice(slash + 1);
  const bits = bitsOf(family);
  if (!/^(?:0|[1-9]\d{0,2})$/.test(prefixText) || Number(prefixText) > bits) {
    const detail = `${quoted(`/${prefixText}`)} is not a prefix length of IPv${family}: use a whole number up to ${bits}.`;
    return refused('address.prefix-range', detail, usableCidr(canonical, ''));
  }
  return { ok: true, value: { family, value, prefix: Number(prefixText) } };
}

function readIp(text: string): Parsed<IpText> {
  if (text.includes(':')) {
    const value = readIpv6(text);
    if (value === null) return { ok: false, problem: whyNotIpv6(text) };
    return { ok: true, value: { family: 6, value } };
  }
  const value = readIpv4(text);
  if (value === null) return { ok: false, problem: whyNotIpv4(text) };
  return { ok: true, value: { family: 4, value } };
}

/** `address/prefix` that an interface can have, as near as possible to what was typed. */
function usableCidr(address: string, prefixText: string): string {
  const family: Family = address.includes(':') ? 6 : 4;
  const value = family === 4 ? readIpv4(address) : readIpv6(address);
  const typed = /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : usualPrefix[family];
  const prefix = typed >= 1 && typed <= bitsOf(family) ? typed : usualPrefix[family];
  if (value === null) return `${address}/${prefix}`;
  const problem = addressProblem({ family, value, prefix });
  return problem?.fix?.value ?? `${formatIp(family, value)}/${prefix}`;
}

function withoutPrefix(problem: Problem): Problem {
  const offer = problem.fix?.value;
  if (offer === undefined) return problem;
  const value = offer.slice(0, offer.indexOf('/'));
  return { ...problem, fix: { label: `Use ${value}`, value } };
}
