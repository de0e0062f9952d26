/** Bytes that can be read more than once from their start: a file, or what an API answered. */
export interface ByteSource {
  /** What messages call it. */
  readonly name: string;
  /** Unpacked size in bytes, where it is known beforehand. */
  readonly size?: number;
  /** Reads from the start; a chunk is valid until the next one is asked for. */
  open(): AsyncIterable<Uint8Array>;
  /** SHA-256 of the bytes as they are stored; known once a reading came to its end. */
  digest(): string;
}
