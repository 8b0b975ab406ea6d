/** A value that must not be written into a shell line, because a character of it is outside the alphabet. */
export class UnsafeOperandError extends Error {
  readonly code = 'shell.unsafe-operand';

  constructor(readonly operand: string) {
    super(
      `Refused to write ${JSON.stringify(operand)} into a command: only letters, digits and . _ : / - are written.`,
    );
    this.name = 'UnsafeOperandError';
  }
}

/**
 * Every name, address and number that reaches a shell line goes through here, and nothing else is ever put in. No
 * character of the alphabet means anything to a shell, and no operand starts with `-`, so there is nothing to quote.
 */
const ALPHABET = /^[A-Za-z0-9:][A-Za-z0-9_.:/-]{0,99}$/;

/** The text itself, or UnsafeOperandError. */
export function operand(value: string | number): string {
  const text = String(value);
  if (!ALPHABET.test(text)) throw new UnsafeOperandError(text);
  return text;
}
