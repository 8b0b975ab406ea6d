import {
  maximumMtu,
  minimumMtu,
  type Parsed,
  parseCidr,
  parseIfname,
  parseMac,
  parseNodeName,
  parseText,
} from '@vethlab/topology';
import type { Complaint } from './use-draft';

/** A parser of the topology package as the check of a field: the same rules as the server's, told at every key. */
export function checkWith<Value>(parse: (text: string) => Parsed<Value>): (text: string) => Complaint | null {
  return (text) => {
    const parsed = parse(text.trim());
    if (parsed.ok) return null;
    const fix = parsed.problem.fix?.value;
    return fix === undefined ? { text: parsed.problem.detail } : { text: parsed.problem.detail, fix };
  };
}

/** The same, and an empty field is fine: it clears the value. */
export function optional(check: (text: string) => Complaint | null): (text: string) => Complaint | null {
  return (text) => (text.trim() === '' ? null : check(text));
}

export const checkNodeName = checkWith(parseNodeName);
export const checkIfname = checkWith(parseIfname);
export const checkAddress = checkWith(parseCidr);
export const checkLabel = optional(checkWith(parseText));
export const checkMac = optional(checkWith(parseMac));

/** MTU in bytes; empty means the kernel's own (1500 on a veth). */
export function checkMtu(text: string): Complaint | null {
  const written = text.trim();
  if (written === '') return null;
  const mtu = /^\d{1,9}$/.test(written) ? Number(written) : Number.NaN;
  if (mtu >= minimumMtu && mtu <= maximumMtu) return null;
  const usable = mtu > maximumMtu ? maximumMtu : mtu < minimumMtu ? minimumMtu : 1500;
  return {
    text: `“${text}” is not a whole number of bytes from ${minimumMtu} to ${maximumMtu}.`,
    fix: usable.toString(),
  };
}
