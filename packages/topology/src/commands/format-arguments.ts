/** Characters that mean nothing to a shell, so that an argument of nothing else needs no quotes. */
const plain = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** Control characters, what cannot be seen or is not assigned, every space but the common one, and what turns the direction of text. */
const unseen = /\p{C}|\p{Zl}|\p{Zp}|(?! )\p{Zs}|\p{Default_Ignorable_Code_Point}/u;

/**
 * An argument list as one line, as a person would type it in bash: what every place shows of a command. Every character can be seen:
 * what cannot is spelled out in `$'…'` (bash(1), QUOTING). `splitArguments` reads it back to the same list.
 */
export function formatArguments(run: readonly string[]): string {
  return run.map(formatArgument).join(' ');
}

function formatArgument(argument: string, index: number): string {
  // A shell would take NAME=value in front for a variable.
  if (plain.test(argument) && !(index === 0 && argument.includes('='))) return argument;
  if (!unseen.test(argument)) return `'${argument.replaceAll("'", "'\\''")}'`;
  return `$'${[...argument].map(spelled).join('')}'`;
}

const short = new Map([
  ['\n', '\\n'],
  ['\t', '\\t'],
  ['\r', '\\r'],
  ['\\', '\\\\'],
  ["'", "\\'"],
]);

function spelled(character: string): string {
  const known = short.get(character);
  if (known !== undefined) return known;
  if (!unseen.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code > 0xffff) return `\\U${code.toString(16).padStart(8, '0')}`;
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
