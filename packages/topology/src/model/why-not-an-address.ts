import { formatIp, readIpv4, readIpv6 } from '../addressing/ip-number.js';
import { type Problem, quoted } from './problem.js';

const problem = (code: Problem['code'], detail: string, value: string): Problem => ({
  code,
  detail,
  fix: { label: `Use ${value}`, value },
});

/** Says which rule a text breaks that is not an IPv4 address, and offers the address that was probably meant. */
export function whyNotIpv4(text: string): Problem {
  const zone = text.indexOf('%');
  if (zone >= 0) {
    const bare = readIpv4(text.slice(0, zone)) === null ? '192.168.1.1' : text.slice(0, zone);
    return problem(
      'address.zone',
      `${quoted(text)} has a zone id; the interface is known from where the address stands.`,
      bare,
    );
  }
  const parts = text.split('.');
  if (parts.some((part) => /^0x[0-9a-f]+$/i.test(part))) {
    return problem('address.hexadecimal', `${quoted(text)} has a hexadecimal number.`, guess(parts));
  }
  const decimal = parts.every((part) => /^\d+$/.test(part));
  if (!decimal || parts.length > 4) {
    return problem('address.syntax', `${quoted(text)} is not an IP address.`, '192.168.1.1');
  }
  if (parts.length < 4) {
    const detail = `${quoted(text)} has ${parts.length} of four numbers: some programs read it as ${guess(parts)}, others differently.`;
    return problem('address.short-form', detail, guess(parts));
  }
  if (parts.some((part) => part.length > 1 && part.startsWith('0'))) {
    const detail = `${quoted(text)} has a number with a leading zero, which some programs read as octal.`;
    return problem('address.leading-zero', detail, guess(parts));
  }
  return problem('address.syntax', `${quoted(text)} has a number above 255.`, guess(parts));
}

/** Says which rule a text with a colon breaks that is not an IPv6 address. */
export function whyNotIpv6(text: string): Problem {
  const zone = text.indexOf('%');
  if (zone >= 0) {
    const value = readIpv6(text.slice(0, zone));
    const bare = value === null ? 'fd00::1' : formatIp(6, value);
    return problem(
      'address.zone',
      `${quoted(text)} has a zone id; the interface is known from where the address stands.`,
      bare,
    );
  }
  const group = text.split(':').find((part) => /^[0-9A-Fa-f]{5,}$/.test(part));
  const detail =
    group === undefined
      ? `${quoted(text)} is not an IPv6 address: eight groups of up to four hexadecimal digits, with "::" at most once.`
      : `${quoted(text)} has the group ${quoted(group)}; a group has at most four hexadecimal digits.`;
  return problem('address.syntax', detail, 'fd00::1');
}

/** The address that four decimal numbers nearest to the text make: missing ones are 0, the last is 1. */
function guess(parts: readonly string[]): string {
  const numbers = parts.map((part) => (/^0x/i.test(part) ? Number(part) : Number.parseInt(part, 10)));
  const four = [0, 1, 2, 3].map((index) => {
    const number = numbers[index];
    if (number === undefined || !Number.isFinite(number)) return index === 3 ? 1 : 0;
    return Math.min(Math.max(number, 0), index === 0 ? 223 : 254);
  });
  if (four[0] === 0 || four[0] === 127) four[0] = 10;
  return four.join('.');
}
