// Packed sums: see ../gradients.ts.

/** What one row adds to a packed sum besides its first derivative: 2^38. */
export const rowUnit: f64 = 274877906944;

/** 1.5 · 2^52: added to a number below 2^51 and taken away again it rounds to the nearest whole number. */
export const rounder: f64 = 6755399441055744;

/** Rows whose packed sum can be taken apart again: 2^14. */
export const blockRows: usize = 16384;

/** The count of rows in a packed sum: the nearest multiple of `rowUnit`. */
// @ts-ignore: decorator
@inline
export function countIn(packed: f64): f64 {
  return packed * (1 / rowUnit) + rounder - rounder;
}
