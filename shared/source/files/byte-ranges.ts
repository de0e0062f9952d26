/** Bytes of which any range can be read: Parquet is read from its end. */
export interface ByteRanges {
  readonly byteLength: number;
  /** The bytes from `start` to before `end`, by default to the end. */
  slice(start: number, end?: number): Promise<ArrayBuffer>;
}

/** The same while they are open; whatever holds them is let go at the end. */
export interface OpenRanges extends ByteRanges {
  close(): Promise<void>;
}
