import {
  maximumMtu,
  minimumMtu,
  type Parsed,
  type Problem,
  parseCidr,
  parseIfname,
  parseInterval,
  parseIpAddress,
  parseMac,
  parseNodeName,
  parseText,
  tableProblem,
} from '@vethlab/topology';
import type { Complaint } from './use-draft';

/** A parser of the topology package as the check of a field: the same rules as the server's, told at every key. */
export function checkWith<Value>(parse: (text: string) => Parsed<Value>): (text: string) => Complaint | null {
  return (text) => {
    const parsed = parse(text.trim());
    if (parsed.ok) return null;
    const fix = workingFix(parse, parsed.problem);
    return fix === undefined ? { text: parsed.problem.detail } : { text: parsed.problem.detail, fix };
  };
}

/** A parser that builds on another may be offered a value that only suits that one; its own word on it leads further. */
const mostFixes = 3;

/** The value that a parser offers instead of what it refused, if it is one that it would take. */
export function workingFix<Value>(parse: (text: string) => Parsed<Value>, problem: Problem): string | undefined {
  let fix = problem.fix?.value;
  for (let tried = 0; tried < mostFixes && fix !== undefined; tried += 1) {
    const parsed = parse(fix);
    if (parsed.ok) return fix;
    fix = parsed.problem.fix?.value;
  }
  return undefined;
}

/** The same, and an empty field is fine: it clears the value. */
export function optional(check: (text: string) => Complaint | null): (text: string) => Complaint | null {
  return (text) => (text.trim() === '' ? null : check(text));
}

/** A lab's name: free text, and not empty. */
export const checkLabName = checkWith(parseText);
export const checkTarget = optional(checkWith(parseIpAddress));
export const checkInterval = checkWith(parseInterval);
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

/** A routing table of a VRF; which ones are taken, or the kernel's own, the lab says when it is asked. */
export function checkTable(text: string): Complaint | null {
  const written = text.trim();
  if (!/^\d{1,10}$/.test(written)) return { text: `“${text}” is not the number of a table, such as 100.`, fix: '100' };
  const problem = tableProblem(Number(written));
  return problem === null
    ? null
    : { text: problem.detail, ...(problem.fix === undefined ? {} : { fix: problem.fix.value }) };
}
