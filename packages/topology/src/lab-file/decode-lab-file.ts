import type { Diagnostic } from '../model/diagnostic.js';
import { maximumFileBytes } from '../model/limits.js';
import { diagnostic } from '../model/problem.js';

export type DecodedLabFile =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Code units per call of String.fromCharCode: its arguments go on the stack. */
const chunkUnits = 8_192;

/**
 * Bytes of a lab file to text, a byte order mark included (parsing skips it, saving keeps it). Refused: more than 2 MiB,
 * binary data, and bytes that are not UTF-8 (RFC 3629), with their line and column.
 */
export function decodeLabFile(bytes: Uint8Array): DecodedLabFile {
  if (bytes.length > maximumFileBytes) {
    const detail = `The file has ${bytes.length} bytes; at most ${maximumFileBytes} are read.`;
    return refusal(diagnostic('file.size', [], detail), 1, 1);
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0) return refusedAt(bytes, zero, 'file.binary', 'There is a zero byte, which no text has');
  const pieces: string[] = [];
  let units: number[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const [codePoint, length] = codePointAt(bytes, offset);
    if (codePoint < 0) {
      const value = (bytes[offset] ?? 0).toString(16).padStart(2, '0');
      return refusedAt(bytes, offset, 'file.encoding', `The byte 0x${value} is not UTF-8`);
    }
    if (codePoint > 0xffff) {
      units.push(0xd800 + ((codePoint - 0x10000) >> 10), 0xdc00 + ((codePoint - 0x10000) & 0x3ff));
    } else {
      units.push(codePoint);
    }
    if (units.length >= chunkUnits) {
      pieces.push(String.fromCharCode(...units));
      units = [];
    }
    offset += length;
  }
  pieces.push(String.fromCharCode(...units));
  return { ok: true, text: pieces.join('') };
}

/** Code point and number of bytes at an offset; −1 when the bytes there are not UTF-8. */
function codePointAt(bytes: Uint8Array, offset: number): readonly [codePoint: number, length: number] {
  const lead = bytes[offset] ?? 0;
  if (lead < 0x80) return [lead, 1];
  const length =
    lead >= 0xf0 && lead <= 0xf4 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 0;
  if (length === 0) return [-1, 1];
  let codePoint = lead & (0xff >> (length + 1));
  for (let index = 1; index < length; index += 1) {
    const byte = bytes[offset + index] ?? 0;
    if (byte >> 6 !== 2) return [-1, 1];
    codePoint = (codePoint << 6) | (byte & 0x3f);
  }
  const shortest = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000;
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  return codePoint < shortest || codePoint > 0x10ffff || isSurrogate ? [-1, 1] : [codePoint, length];
}

function refusedAt(bytes: Uint8Array, offset: number, code: 'file.binary' | 'file.encoding', what: string) {
  let line = 1;
  let start = 0;
  for (let index = 0; index < offset; index += 1) {
    if (bytes[index] !== 0x0a) continue;
    line += 1;
    start = index + 1;
  }
  const column = offset - start + 1;
  return refusal(diagnostic(code, [], `${what} (line ${line}, byte ${column}).`), line, column);
}

function refusal(found: Diagnostic, line: number, column: number): DecodedLabFile {
  return { ok: false, diagnostics: [{ ...found, line, column }] };
}
