/**
 * Text from files and from the kernel as a terminal may see it: names there can hold escape sequences. One line stays one line.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\uFFFD');
}
