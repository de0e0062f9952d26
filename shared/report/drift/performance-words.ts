import type { Performance } from '../../drift/performance/performance-report.ts';
import type { Figure } from '../../drift/performance/worse.ts';
import { badness } from '../../drift/performance/worse.ts';
import { isWithinError } from '../../drift/performance/worsening-words.ts';
import { counted } from '../../text/counts.ts';
import { formatEstimate, formatInterval, formatNumber } from '../../text/number-format.ts';
import { confidenceShare, declaredShare, measuredShare } from '../../text/percent.ts';
import { shownTime } from '../../text/shown-time.ts';
import { visibleText } from '../../text/visible-text.ts';
import { metricUnit } from '../metric-words.ts';

/** `3.1 mpg (2.8 to 3.4)`. */
export function figureWords(figure: Figure, unit?: string): string {
  if (figure.value === null) return 'undefined';
  const value = `${formatEstimate(figure)}${unit === undefined ? '' : ` ${visibleText(unit)}`}`;
  return figure.low === null || figure.high === null
    ? value
    : `${value} (${formatInterval(figure.low, figure.high)})`;
}

/** What a check says about the model's performance, in a sentence; measured and estimated are never mixed up. */
export function performanceSentence(performance: Performance, targetUnit?: string): string {
  const { metric, current, reference, outcome, rows } = performance;
  const unit = metricUnit(metric, targetUnit);
  if (outcome === 'not-available' || outcome === 'not-enough-data') {
    const why = performance.reasons[0];
    const what = outcome === 'not-available' ? 'not known' : 'not known: too few labelled rows';
    return why === undefined ? `Performance: ${what}.` : `Performance: ${what} (${why}).`;
  }
  const how = outcome === 'measured' ? 'Measured' : 'Estimated, without labels:';
  const against = `${metric} ${figureWords(current, unit)} on ${counted(rows.current, 'row')}; the evaluation has ${figureWords(reference, unit)}`;
  return `${how} ${against}. ${judgementWords(performance, unit)}`;
}

/** Whether the model got worse than it may. */
export function judgementWords(performance: Performance, unit?: string): string {
  const { worse, limit, words, limitWords } = decidingOf(performance, unit);
  const bound = limit === null ? '' : ` (alarm threshold ${limitWords})`;
  if (performance.since) return sinceWords(performance, performance.since, unit);
  if (performance.degraded) return `It got worse by ${words}, beyond the alarm threshold of ${limitWords}.`;
  if (performance.suspected)
    return `The estimate is beyond the alarm threshold of ${limitWords}: get labels before you act on it.`;
  if (worse.value === null) return 'The change is undefined.';
  if (worse.high !== null && worse.high <= 0) return 'It did not get worse.';
  if (performance.outcome === 'estimated' && isWithinError(worse)) {
    return `No change beyond chance: ${words}${bound}, assuming no concept drift.`;
  }
  // An end that is not known may lie anywhere.
  return limit !== null && (worse.high === null || worse.high > limit)
    ? `Inconclusive${uncertaintyWords(performance, { worse, limit })}: the change is ${words}${bound}${seenBeside(performance, unit)}.`
    : `Within the alarm threshold: the change is ${words}${bound}.`;
}

/** Since when it is worse, how much, and what of that is sure. */
function sinceWords(
  performance: Performance,
  since: NonNullable<Performance['since']>,
  unit?: string,
): string {
  const { words, limitWords } = decidingOf(
    { ...performance, worse: since.worse, 'worse-relative': since['worse-relative'] },
    unit,
  );
  const { worse, relative } = since['at-least'];
  const least =
    performance['limit-relative'] !== undefined && relative !== null
      ? `${formatNumber(100 * relative, { digits: 2 })}%`
      : formatNumber(worse, { digits: 2 });
  const rows = counted(since.rows, 'row');
  const where =
    since.from === undefined
      ? `On all ${rows}`
      : `On the ${rows} since ${visibleText(shownTime(since.from))}`;
  return `${where} it is ${figureWords(since.current, unit)}: worse by ${words}, at least ${least} after correcting for repeated checks; alarm threshold ${limitWords}.`;
}

/** `; smallest detectable worsening 26%`, where the report knows it. */
function seenBeside(performance: Performance, unit: string | undefined): string {
  const from = detectableFrom(performance, unit);
  if (from === undefined) return '';
  return from === null ? `; ${noneSeen}` : `; smallest detectable worsening ${from}`;
}

const noneSeen = 'too few rows to detect any worsening';

/** `26% (80% power)`; undefined where nobody knows. */
export function detectableWords(performance: Performance, unit: string | undefined): string | undefined {
  const from = detectableFrom(performance, unit);
  if (from === undefined) return undefined;
  return from === null ? 'none: too few rows' : `${from} (80% power)`;
}

/** The smallest detectable worsening; null where there is none. */
function detectableFrom(
  { detectable, ...performance }: Performance,
  unit: string | undefined,
): string | null | undefined {
  if (!detectable) return undefined;
  const { worse, relative } = detectable;
  const share = performance['limit-relative'];
  if (share !== undefined) return relative === null ? null : measuredShare(relative, { beside: share });
  if (worse === null) return null;
  return `${formatNumber(worse, { digits: 2 })}${unit === undefined ? '' : ` ${visibleText(unit)}`}`;
}

/** Why a change that looks beyond the limit does not count as such; nothing where it does not look so. */
function uncertaintyWords(
  performance: Performance,
  { worse: { low }, limit }: { readonly worse: Figure; readonly limit: number },
): string {
  // Measured, a check is one of many: a single interval of 95% beyond the limit would be a false alarm too often.
  if (performance.outcome === 'measured' && low !== null && low > limit) {
    return ' after correcting for repeated checks';
  }
  return looksOver(performance) ? ', because the evaluation is uncertain too' : '';
}

/** Were the evaluation's value certain, the whole interval would lie above the limit. */
function looksOver({ better, current, reference, limit }: Performance): boolean {
  const [now, then] = [badness(current, better), badness(reference, better)];
  return limit !== null && then.value !== null && now.low !== null && now.low > then.value + limit;
}

interface Deciding {
  readonly worse: Figure;
  readonly limit: number | null;
  readonly words: string;
  readonly limitWords: string;
}

/** The change whose interval decided, and its limit: as shares where the limit is one. */
function decidingOf(performance: Performance, unit: string | undefined): Deciding {
  const share = performance['limit-relative'];
  if (share !== undefined) {
    const relative = performance['worse-relative'];
    return {
      worse: percentages(relative),
      limit: 100 * share,
      words: worseShares(relative),
      limitWords: declaredShare(share),
    };
  }
  const { worse, limit } = performance;
  const limitWords = `${formatNumber(limit, { digits: 3 })}${unit === undefined ? '' : ` ${visibleText(unit)}`}`;
  return { worse, limit, words: worseWords(worse), limitWords };
}

function percentages({ value, low, high }: Figure): Figure {
  const of = (end: number | null): number | null => (end === null ? null : 100 * end);
  return { value: of(value), low: of(low), high: of(high) };
}

/** `1.05 (0.41 to 1.72)`, `1.05 (0.41 or more)`. */
function worseWords(worse: Figure): string {
  const { value, low, high } = worse;
  if (low === null && high === null) return formatEstimate(worse, { sign: true });
  if (low !== null && high !== null) return `${formatEstimate(worse)} (${formatInterval(low, high)})`;
  return `${formatNumber(value, { digits: 3 })} (${formatNumber(low ?? high, { digits: 3 })} or ${openEnd(low)})`;
}

/** `3.7% (−8.7% to 16%)`, `37% (14% or more)`: by the rule of shares, as the check's own sentences beside it. */
function worseShares({ value, low, high }: Figure): string {
  if (value === null) return 'undefined';
  if (low === null && high === null) return measuredShare(value, { sign: true });
  if (low !== null && high !== null) {
    return `${measuredShare(value)} (${measuredShare(low)} to ${measuredShare(high)})`;
  }
  return `${measuredShare(value)} (${measuredShare((low ?? high)!)} or ${openEnd(low)})`;
}

function openEnd(low: number | null): 'less' | 'more' {
  return low === null ? 'less' : 'more';
}

/** `CBPE` and the like, in words. */
export function methodWords({ outcome, method, confidence }: Performance): string {
  const at = `intervals at ${confidenceShare(confidence)}`;
  const intervals = outcome === 'estimated' ? `${at}, assuming no concept drift` : at;
  if (outcome === 'measured') return `by labels; ${intervals}`;
  if (method === 'cbpe') return `confidence-based performance estimation (CBPE); ${intervals}`;
  if (method === 'error-model') return `by a model of the error; ${intervals}`;
  return intervals;
}
