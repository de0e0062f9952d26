/** A quotient rounded down, also below zero: an instant before 1970 belongs to the millisecond that it is in. */
export function floorDivide(value: bigint, divisor: bigint): number {
  const quotient = value / divisor;
  return Number(value % divisor < 0n ? quotient - 1n : quotient);
}
