import { plainNumber } from '../../text/number-format.ts';
import type { Performance } from './performance-report.ts';
import { intervalWords, isWithinError, sizeWords, worseningWriter } from './worsening-words.ts';

type Estimated = Pick<
  Performance,
  | 'metric'
  | 'current'
  | 'reference'
  | 'worse'
  | 'worse-relative'
  | 'limit'
  | 'limit-relative'
  | 'confidence'
  | 'suspected'
>;

/** An estimate in a sentence; what lies inside its error is no change. Undefined where there is no limit. */
export function estimatedWords(performance: Estimated): string | undefined {
  const { metric, current, reference, confidence, suspected } = performance;
  const writer = worseningWriter(performance);
  if (!writer) return undefined;
  const change = writer.of(performance);
  const then = `the evaluation’s ${plainNumber(reference.value!)}`;
  const beside = isWithinError(change)
    ? `no change beyond chance from ${then}`
    : `${sizeWords(performance, performance)} than ${then}`;
  const verdict = suspected
    ? `all of it above the alarm threshold of ${writer.limit}`
    : `alarm threshold ${writer.limit}`;
  return `${metric} is estimated at ${plainNumber(current.value!)}, ${beside} (${intervalWords(change, confidence, writer)}, assuming no concept drift; ${verdict})`;
}
