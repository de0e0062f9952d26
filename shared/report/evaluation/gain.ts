import { type ClearSide, clearSide } from '../../metrics/evaluation/clear-side.ts';
import { comparisonWords } from '../../metrics/evaluation/comparison.ts';
import type { Interval } from '../../metrics/evaluation/judged-values.ts';

/** What a gain over the champion amounts to. */
export interface GainWords {
  readonly className: ClearSide;
  /** An arrow or a sign, for those who do not read the colour. */
  readonly sign: string;
  /** `better`, `worse`, `no clear difference`. */
  readonly word: string;
  /** `better by 0.21`, `no clear difference`. */
  readonly phrase: string;
  /** `0.05 to 0.38`; across zero `0.12 worse to 0.21 better`. */
  readonly interval: string | undefined;
  /** `better by 0.21 (0.05 to 0.38)`. */
  readonly sentence: string;
}

/** Reads a gain, positive when the new model is better, by the one rule of what is clear ({@link clearSide}). */
export function gainOutcome(gain: Interval): GainWords {
  const { low, high } = gain;
  const words = comparisonWords(gain);
  if (words === undefined) {
    const reason = `undefined: ${gain.reason ?? 'no reason was given'}`;
    return {
      className: 'unknown',
      sign: '?',
      word: reason,
      phrase: reason,
      interval: undefined,
      sentence: reason,
    };
  }
  const { direction, size, interval } = words;
  const className = clearSide(gain);
  if (className === 'unknown') {
    const phrase = `${direction} ${size}`;
    return {
      className,
      sign: '?',
      word: 'no interval',
      phrase,
      interval,
      sentence: `${phrase}, no interval`,
    };
  }
  const sign = { better: '▲', worse: '▼', same: '≈' }[className];
  const same = low === 0 && high === 0 ? 'no difference' : 'no clear difference';
  const word = className === 'same' ? same : className;
  const phrase = className === 'same' ? word : `${direction} ${size}`;
  return { className, sign, word, phrase, interval, sentence: `${phrase} (${interval})` };
}
