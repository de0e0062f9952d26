/** Which way a metric is better; `zero`: the closer to zero, from either side. */
export const directions = ['lower', 'higher', 'zero'] as const;

export type Better = (typeof directions)[number];

/** How bad a value is: smaller is better, whatever the metric's direction. */
export function badnessOf(better: Better, value: number): number {
  switch (better) {
    case 'lower':
      return value;
    case 'higher':
      return -value;
    case 'zero':
      return Math.abs(value);
  }
}

/** How much better `value` is than `reference`; positive is better, whatever the metric's direction. */
export function gainOf(better: Better): (value: number, reference: number) => number {
  return (value, reference) => badnessOf(better, reference) - badnessOf(better, value);
}

/**
 * The value that is worse than `reference` by `limit`: where the line of what is allowed is drawn.
 *
 * @returns null where there is no limit or no reference, and of a metric that is best at zero, which has two such values.
 */
export function allowedValue(better: Better, reference: number | null, limit: number | null): number | null {
  if (limit === null || reference === null || better === 'zero') return null;
  return better === 'higher' ? reference - limit : reference + limit;
}
