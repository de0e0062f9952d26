import { gainLimits, within } from '../../metrics/descriptors/gain-limits.ts';
import { descriptorOfKey } from '../../metrics/descriptors/metric-key.ts';
import { plainNumber } from '../../text/number-format.ts';
import { confidenceShare, declaredShare, measuredShare } from '../../text/percent.ts';
import type { Performance } from './performance-report.ts';
import type { Figure } from './worse.ts';

/** How worsenings are written: as shares where the limit is one. */
export interface WorseningWriter {
  /** The change that is compared with the limit. */
  readonly of: (part: Pick<Performance, 'worse' | 'worse-relative'>) => Figure;
  readonly write: (amount: number) => string;
  readonly limit: string;
}

/** Undefined where there is no limit to compare with. */
export function worseningWriter(
  performance: Pick<Performance, 'metric' | 'reference' | 'limit' | 'limit-relative'>,
): WorseningWriter | undefined {
  const share = performance['limit-relative'];
  if (share !== undefined) {
    return {
      of: (part) => possibleShare(part['worse-relative'], performance),
      write: (amount) => measuredShare(amount, { beside: share }),
      limit: declaredShare(share),
    };
  }
  if (performance.limit === null) return undefined;
  return {
    of: ({ worse }) => worse,
    write: (amount) => plainNumber(amount),
    limit: plainNumber(performance.limit),
  };
}

/** A share of the reference whose interval ends where the metric does: lengthened for dependent rows, it may reach further. */
function possibleShare(
  { value, low, high }: Figure,
  { metric, reference }: Pick<Performance, 'metric' | 'reference'>,
): Figure {
  const descriptor = descriptorOfKey(metric);
  if (descriptor === undefined || !reference.value) return { value, low, high };
  const limits = gainLimits(descriptor, Math.abs(reference.value));
  const end = (worse: number | null) => (worse === null ? null : -within(limits, -worse));
  return { value, low: end(low), high: end(high) };
}

/** Whether a change is nothing that could be told from chance. */
export function isWithinError({ low, high }: Figure): boolean {
  return (low === null || low <= 0) && (high === null || high >= 0);
}

/** `95% interval of the worsening 2% to 31%`. */
export function intervalWords(worse: Figure, confidence: number, { write }: WorseningWriter): string {
  const ends = endsWords(worse, write);
  return ends === undefined
    ? 'no interval: too few rows'
    : `${confidenceShare(confidence)} interval of the change ${ends}`;
}

function endsWords({ low, high }: Figure, write: (value: number) => string): string | undefined {
  if (low !== null && high !== null) return `${write(low)} to ${write(high)}`;
  if (low !== null) return `${write(low)} or more`;
  return high === null ? undefined : `${write(high)} or less`;
}

/** `worse by 1.4 (51%)`; of an absolute limit without the share. */
export function sizeWords(
  part: Pick<Performance, 'worse' | 'worse-relative'>,
  performance: Pick<Performance, 'limit-relative'>,
): string {
  const worse = part.worse.value!;
  const share = part['worse-relative'].value;
  const limit = performance['limit-relative'];
  const size =
    limit === undefined || share === null ? '' : ` (${measuredShare(Math.abs(share), { beside: limit })})`;
  return `${worse > 0 ? 'worse' : 'better'} by ${plainNumber(Math.abs(worse))}${size}`;
}
