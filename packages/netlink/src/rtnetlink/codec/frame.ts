/** Received bytes and a view on the same memory, made once and shared by all decoders. */
export interface Frame {
  readonly bytes: Buffer;
  readonly view: DataView;
}

/** A frame over `bytes`, without copying. */
export function frameOf(bytes: Uint8Array): Frame {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { bytes: buffer, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}
