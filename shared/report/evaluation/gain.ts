import type { Interval } from '../../metrics/evaluation/evaluation.ts';
import { formatEstimate, formatInterval } from '../../text/number-format.ts';

/** What a gain over the champion amounts to. */
export interface GainWords {
  readonly className: 'better' | 'worse' | 'same' | 'unknown';
  /** An arrow or a sign, for those who do not read the colour. */
  readonly sign: string;
  /** `better`, `worse`, `no clear difference`. */
  readonly word: string;
  /** `better by 0.21 (0.05 to 0.38)`. */
  readonly sentence: string;
}

/** Reads a gain, positive when the new model is better: clear only when its interval lies on one side of zero. */
export function gainOutcome(gain: Interval): GainWords {
  const { value, low, high } = gain;
  if (value === null) {
    const reason = `undefined: ${gain.reason ?? 'no reason was given'}`;
    return { className: 'unknown', sign: '?', word: reason, sentence: reason };
  }
  if (low === null || high === null) {
    const sentence = `difference ${formatEstimate(gain, { sign: true })}, no interval`;
    return { className: 'unknown', sign: '?', word: 'no interval', sentence };
  }
  const size = formatEstimate({ value: Math.abs(value), low, high });
  if (low > 0) {
    const sentence = `better by ${size} (${formatInterval(low, high)})`;
    return { className: 'better', sign: '▲', word: 'better', sentence };
  }
  if (high < 0) {
    const sentence = `worse by ${size} (${formatInterval(-high, -low)})`;
    return { className: 'worse', sign: '▼', word: 'worse', sentence };
  }
  const sentence = `no clear difference (gain ${formatInterval(low, high)})`;
  return { className: 'same', sign: '≈', word: 'no clear difference', sentence };
}
