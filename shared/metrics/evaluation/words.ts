/** A number with its interval. */
export interface Figure {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** A value with the decimals that its interval deserves: two significant digits of half its width. */
export function figure({ value, low, high }: Figure): string {
  return value === null ? 'undefined' : decimal(value, decimalsOf(value, low, high));
}

/** Another number with the decimals of a figure: what it is compared with. */
export function besideFigure(number: number | null, { value, low, high }: Figure): string {
  return number === null ? 'undefined' : decimal(number, decimalsOf(value ?? number, low, high));
}

/** The ends of an interval: `3.02 to 4.11`. */
export function ends({ value, low, high }: Figure): string {
  if (low === null || high === null) return 'no interval';
  const decimals = decimalsOf(value ?? low, low, high);
  return `${decimal(low, decimals)} to ${decimal(high, decimals)}`;
}

/** The same with the sign changed: a loss is a negative gain. */
export function negated({ value, low, high }: Figure): Figure {
  const minus = (number: number | null) => (number === null ? null : -number);
  return { value: minus(value), low: minus(high), high: minus(low) };
}

function decimalsOf(value: number, low: number | null, high: number | null): number {
  const half = low === null || high === null ? 0 : (high - low) / 2;
  // Without an interval, four significant digits.
  const digits =
    half > 0 ? 1 - Math.floor(Math.log10(half)) : 3 - Math.floor(Math.log10(Math.abs(value) || 1));
  return Math.min(Math.max(digits, 0), 12);
}

function decimal(value: number, decimals: number): string {
  const text =
    Math.abs(value) >= 1e15
      ? value.toPrecision(4)
      : value.toLocaleString('en-US', {
          minimumFractionDigits: decimals,
          maximumFractionDigits: decimals,
          signDisplay: 'negative',
        });
  return text.replace('-', '−');
}
