/** Four significant digits: enough for a sentence; the report shows more. */
export function figure(value: number | null): string {
  return value === null ? 'undefined' : String(Number(value.toPrecision(4)));
}

/** `3.02 to 4.11`. */
export function span(low: number | null, high: number | null): string {
  return low === null || high === null ? 'no interval' : `${figure(low)} to ${figure(high)}`;
}

/** `2%`. */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(4))}%`;
}
