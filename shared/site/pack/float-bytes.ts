import type { ByteCoder } from './byte-coder.ts';

/**
 * Float32 numbers, in place: exponents are alike, digits are not, so that about 27 of 32 bits are left of trained weights.
 *
 * @param view little-endian. @param from, to offsets in bytes. @param context of the exponents.
 */
export function codeFloats(
  coder: ByteCoder,
  view: DataView,
  { from, to, context }: { readonly from: number; readonly to: number; readonly context: number },
): void {
  for (let offset = from; offset < to; offset += 4) {
    const word = view.getUint32(offset, true);
    // The sign goes to the end, which leaves the exponent's eight bits in one byte.
    const exponent = coder.likely(context, (word >>> 23) & 255);
    const high = coder.plain((word >>> 15) & 255);
    const middle = coder.plain((word >>> 7) & 255);
    const low = coder.plain(((word & 127) << 1) | (word >>> 31));
    view.setUint32(
      offset,
      ((low & 1) << 31) | (exponent << 23) | (high << 15) | (middle << 7) | (low >> 1),
      true,
    );
  }
}
