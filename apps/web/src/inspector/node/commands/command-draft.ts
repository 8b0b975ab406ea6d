import { formatArguments, parseArgument, parseCommandName, splitArguments } from '@vethlab/topology';
import { checkWith, optional } from '../../fields/checks';
import type { Complaint } from '../../fields/use-draft';

/** What a line means: its arguments, or what is wrong with it. */
export type ReadLine =
  | { readonly ok: true; readonly run: readonly string[] }
  | { readonly ok: false; readonly complaint: Complaint };

/** No more arguments than the document takes (packages/topology). */
const maximumArguments = 64;

/** A line as it is typed, by the same rules as the server's. */
export function readCommandLine(line: string): ReadLine {
  const split = splitArguments(line);
  if (!split.ok) return refused(split.detail, mended(line, split.at));
  const [program] = split.run;
  if (program === undefined) return refused('Type a program and its arguments.', 'ping 10.0.0.1');
  if (program === '') return refused('The program has no name: the first argument is empty.', 'ping 10.0.0.1');
  if (split.run.length > maximumArguments) {
    return refused(`There are ${split.run.length} arguments; at most ${maximumArguments} fit.`);
  }
  for (const argument of split.run) {
    const parsed = parseArgument(argument);
    if (!parsed.ok) return refused(parsed.problem.detail);
  }
  return { ok: true, run: split.run };
}

/** The same, as the check of a field. */
export function checkCommandLine(line: string): Complaint | null {
  const read = readCommandLine(line);
  return read.ok ? null : read.complaint;
}

export const checkCommandName = checkWith(parseCommandName);
/** Empty: it is called after its program. */
export const checkNewCommandName = optional(checkCommandName);

function refused(text: string, fix?: string): ReadLine {
  return { ok: false, complaint: fix === undefined ? { text } : { text, fix } };
}

/** What a shell would make of it can be had by asking for a shell. */
function mended(line: string, at: number): string | undefined {
  const isQuote = line.charAt(at) === '"' || line.charAt(at) === "'" || line.charAt(at) === '\\';
  return isQuote || line.includes('\n') || line.includes('\0') ? undefined : formatArguments(['sh', '-c', line]);
}
