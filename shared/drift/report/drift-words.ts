/** A number in three significant digits, plain. */
export function number(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 1e-4 && size < 1e6 ? String(Number(value.toPrecision(3))) : value.toExponential(1);
}

/** A p-value: never "0". */
export function chance(p: number): string {
  return p < 1e-4 ? 'below 0.0001' : number(p);
}

/** A share as a percentage, as reports write it: `12%`. */
export function percentage(share: number): string {
  return `${number(share * 100)}%`;
}

/** A count with separators and its noun. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;
}
