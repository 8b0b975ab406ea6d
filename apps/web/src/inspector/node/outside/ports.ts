import { maximumPorts, type PublishedPort, portProblem } from '@vethlab/topology';
import type { Complaint } from '../../fields/use-draft';

/** A port as it is typed; empty is none. */
export function checkPort(text: string): Complaint | null {
  const written = text.trim();
  const problem = portProblem(/^\d{1,6}$/.test(written) ? Number(written) : Number.NaN);
  if (problem === null) return null;
  const detail = written === '' ? 'There is no port.' : `“${written}” is not a port: a whole number from 1 to 65535.`;
  return { text: detail, ...(problem.fix?.value === undefined ? {} : { fix: problem.fix.value }) };
}

/** `8080, 3000`: ports with commas or spaces between; null when one of them is none. */
export function portsOf(text: string): readonly number[] | null {
  const words = wordsOf(text);
  return words.some((word) => checkPort(word) !== null) ? null : [...new Set(words.map(Number))];
}

/** What is wrong with a list of ports; an empty one is fine. */
export function checkPorts(text: string): Complaint | null {
  const words = wordsOf(text);
  if (words.length > maximumPorts) return { text: `These are ${words.length} ports; at most ${maximumPorts} fit.` };
  for (const word of words) {
    const complaint = checkPort(word);
    if (complaint !== null) return { text: complaint.text };
  }
  return null;
}

function wordsOf(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

/** The port of the machine to propose for a port of a node: the same from 1024 on, else 8000 more, and the next that is free in the lab. */
export function proposedAt(port: number, taken: ReadonlySet<number>): number {
  const first = port >= 1024 ? port : 8000 + port;
  for (let at = first; at <= 65_535; at += 1) if (!taken.has(at)) return at;
  return first;
}

export function samePort(a: PublishedPort, b: PublishedPort): boolean {
  return a.port === b.port && a.at === b.at;
}
