/**
 * The bytes of a file that need never be in memory all at once: what makes them, in order. A piece may be made when its turn
 * comes; it is not kept.
 */
export type BytePieces = () => Iterable<Uint8Array>;

/** The pieces with small ones joined, up to so many bytes together. They hold until the next is asked for. */
export function* joinedPieces(pieces: Iterable<Uint8Array>, length = 1 << 18): Generator<Uint8Array> {
  const room = new Uint8Array(length);
  let filled = 0;
  for (const piece of pieces) {
    if (filled + piece.byteLength > length) {
      if (filled > 0) yield room.subarray(0, filled);
      filled = 0;
    }
    if (piece.byteLength >= length) yield piece;
    else {
      room.set(piece, filled);
      filled += piece.byteLength;
    }
  }
  if (filled > 0) yield room.subarray(0, filled);
}
