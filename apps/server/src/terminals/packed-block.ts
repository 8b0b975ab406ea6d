import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Fast rather than small: output of programs shrinks to a quarter even so, in a third of a millisecond for 32 KB. */
const level = 1;

/** Less gain than this is not worth unpacking it again. */
const worthwhile = 0.8;

/** What zlib takes for its result at a time. Its usual 16 KB would be more than most results. */
const chunkSize = 8 * 1024;

/** A block of output that is rarely read again. */
export interface PackedBlock {
  /** What was written. */
  unpack(): Buffer;
}

/** Packs a full block, which may be overwritten afterwards. Noise is kept as it is. */
export function packBlock(block: Buffer): PackedBlock {
  const packed = deflateRawSync(block, { level, chunkSize });
  const isNoise = packed.length > worthwhile * block.length;
  // zlib's own buffer is larger than what it holds.
  const kept = copyOf(isNoise ? block : packed);
  return { unpack: () => (isNoise ? kept : inflateRawSync(kept)) };
}

function copyOf(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  copy.set(bytes);
  return copy;
}
