/** The bytes of a file that need never be in memory all at once. */
export interface BytePieces {
  /** How many there are. */
  readonly byteLength: number;
  /** Makes them, in order. A piece may be made when its turn comes; it is not kept. */
  pieces(): Iterable<Uint8Array>;
}

/** The pieces as one. */
export function joinPieces({ byteLength, pieces }: BytePieces): Uint8Array {
  const bytes = new Uint8Array(byteLength);
  let at = 0;
  for (const piece of pieces()) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}
