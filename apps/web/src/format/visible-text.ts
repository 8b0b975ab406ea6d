/**
 * Text from the kernel as something that can be read and cannot do anything: a control character becomes its picture
 * (`␛` for ESC), and what is invisible or turns the direction of text becomes its number. Emoji and other letters stay.
 */
export function visibleText(text: string): string {
  return text.replace(hidden, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(controlPictures + code);
    if (code === 0x7f) return '␡';
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

/** Unicode has a picture of every ASCII control character, in their order, from here. */
const controlPictures = 0x2400;

/** Control characters, line separators, formats such as bidirectional marks, and halves of a pair. Not the joiner of emoji. */
const hidden = /(?!\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
