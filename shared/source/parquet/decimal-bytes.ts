/** Up to so many bytes are a whole number that a double holds. */
const exactBytes = 6;

/**
 * A decimal without its scale, as Parquet stores it: a whole number, or its bytes in two's complement, the most
 * significant first (Apache Parquet format, LogicalTypes.md); undefined when it is missing.
 */
export function unscaledOf(value: unknown): number | bigint | undefined {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  if (!(value instanceof Uint8Array) || value.length === 0) return undefined;
  return value.length <= exactBytes ? numberOfBytes(value) : bigintOfBytes(value);
}

function numberOfBytes(bytes: Uint8Array): number {
  let value = 0;
  for (const byte of bytes) value = value * 256 + byte;
  return bytes[0]! < 128 ? value : value - 256 ** bytes.length;
}

function bigintOfBytes(bytes: Uint8Array): bigint {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex}`));
}
