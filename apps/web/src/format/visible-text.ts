/**
 * Text from the kernel as something that can be read and cannot do anything: a control character becomes its name
 * (`‹ESC›`), and what is invisible or turns the direction of text becomes its number. Emoji and other letters stay.
 */
export function visibleText(text: string): string {
  return text.replace(hidden, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    return `‹${controlNames[code] ?? (code === 0x7f ? 'DEL' : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`)}›`;
  });
}

/** Of ASCII (ISO 646), by their number. Names, since few fonts have the pictures of control characters. */
const controlNames =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );

/** Control characters, line separators, formats such as bidirectional marks, and halves of a pair. Not the joiner of emoji. */
const hidden = /(?!\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
