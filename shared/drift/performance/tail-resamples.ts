/** How many resamples an interval is made of, and how far out they reach. */
export interface TailResamples {
  readonly resamples: number;
  /** The confidence that they suffice for: at most the one asked for. Further out the interval is stretched. */
  readonly confidence: number;
}

/** Of fewer resamples beyond its end a quantile is noise. */
const beyondEnd = 20;

/**
 * Resamples for a percentile interval: twenty beyond either end, as far as the work allows. What they do not reach is left to
 * {@link ./worse.ts}'s `atConfidence`, which stretches the halves as a normal distribution's.
 *
 * @param draws most rows that all resamples together may draw; `least` resamples are made of however many rows.
 */
export function tailResamples(
  { rows, confidence }: { readonly rows: number; readonly confidence: number },
  { least, draws }: { readonly least: number; readonly draws: number },
): TailResamples {
  // Rounded first: 1 − 0.98 is not 0.02, and a resample more would move every draw.
  const wanted = Math.ceil(Number(((2 * beyondEnd) / (1 - confidence)).toPrecision(9)));
  const resamples = Math.max(least, Math.min(wanted, Math.floor(draws / rows)));
  return { resamples, confidence: Math.min(confidence, 1 - (2 * beyondEnd) / resamples) };
}
