const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const MAC = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i;

/** Bytes as lower-case pairs of hex digits between colons, of any length (a tunnel's address has 4 or 16); null for none. */
export function formatMac(bytes: Uint8Array, start: number, end: number): string | null {
  if (end <= start) return null;
  let text = HEX[bytes[start] ?? 0] ?? '';
  for (let at = start + 1; at < end; at++) text += `:${HEX[bytes[at] ?? 0]}`;
  return text;
}

/** The six bytes of `02:00:00:00:00:01`. RangeError for anything else. */
export function parseMac(text: string): Uint8Array {
  if (!MAC.test(text)) throw new RangeError(`${JSON.stringify(text)} is not a MAC address`);
  return Uint8Array.from(text.split(':'), (pair) => Number.parseInt(pair, 16));
}
