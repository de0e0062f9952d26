import { counted, formatCount } from '../../text/counts.ts';
import { plainNumber } from '../../text/number-format.ts';
import { shownTime } from '../../text/shown-time.ts';
import type { Performance } from './performance-report.ts';
import {
  intervalWords,
  isWithinError,
  sizeWords,
  type WorseningWriter,
  worseningWriter,
} from './worsening-words.ts';

type Measured = Omit<Performance, 'headline' | 'reasons'>;

/** A measured performance in a sentence, and in full. */
export function measuredWords(performance: Measured): Required<Pick<Performance, 'headline' | 'reasons'>> {
  const { metric, current, reference, worse } = performance;
  const writer = worseningWriter(performance);
  if (current.value === null) {
    const words = `${metric} is undefined on these rows`;
    return { headline: words, reasons: [words] };
  }
  if (reference.value === null || worse.value === null || !writer) {
    const words = `${metric} is ${plainNumber(current.value)} on ${rowsWords(performance)}; the evaluation has no ${metric} to compare with`;
    return { headline: words, reasons: [words] };
  }
  return {
    headline: headlineOf(performance, writer),
    reasons: [fullWords(performance, writer), ...dependenceWords(performance)],
  };
}

function headlineOf(performance: Measured, writer: WorseningWriter): string {
  const { metric, since } = performance;
  if (since) {
    const by = writer.write(writer.of(since).value!);
    return `${metric} is ${by} worse than in the evaluation, on ${sinceWords(since)}: clearly beyond the alarm threshold of ${writer.limit}`;
  }
  const change = writer.of(performance);
  const rows = `on ${rowsWords(performance)}`;
  if (change.value! <= 0) {
    return isWithinError(change)
      ? `${metric} shows no clear change since the evaluation, ${rows} (${seenWords(performance, writer)})`
      : `${metric} is ${writer.write(Math.abs(change.value!))} better than in the evaluation, ${rows}`;
  }
  const is = `${metric} is ${writer.write(change.value!)} worse than in the evaluation, ${rows}`;
  return isWithinLimit(performance, writer)
    ? `${is}: within the alarm threshold of ${writer.limit}`
    : `${is}: inconclusive${isBeyondLimit(performance, writer) ? ' after correcting for repeated checks' : ''} (${seenWords(performance, writer)})`;
}

/** Figure, change, interval and decision. */
function fullWords(performance: Measured, writer: WorseningWriter): string {
  const { metric, reference, since, confidence } = performance;
  const part = since ?? performance;
  const rows = since ? sinceWords(since) : rowsWords(performance);
  const figure = `${metric} is ${plainNumber(part.current.value!)} on ${rows}`;
  const change = writer.of(part);
  const then = `the evaluation’s ${plainNumber(reference.value!)}`;
  const beside =
    part.worse.value! <= 0 && isWithinError(change)
      ? `no change beyond chance from ${then}`
      : `${sizeWords(part, performance)} than ${then}`;
  const interval = intervalWords(change, confidence, writer);
  const limit = `alarm threshold ${writer.limit}`;
  if (since) {
    const least = writer.write(leastOf(since, performance));
    return `${figure}, ${beside} (${interval}; at least ${least} after correcting for repeated checks; ${limit})`;
  }
  const seen = isWithinLimit(performance, writer) ? '' : `; ${seenWords(performance, writer)}`;
  return `${figure}, ${beside} (${interval}; ${limit}${seen})`;
}

type Since = NonNullable<Performance['since']>;

function leastOf(since: Since, performance: Measured): number {
  const { worse, relative } = since['at-least'];
  return performance['limit-relative'] === undefined ? worse : relative!;
}

/** The interval of this look, were it the only one, ends below the limit. */
function isWithinLimit(performance: Measured, writer: WorseningWriter): boolean {
  const { high } = writer.of(performance);
  const limit = performance['limit-relative'] ?? performance.limit;
  return high !== null && limit !== null && high <= limit;
}

/** The interval of this look, were it the only one, begins above the limit. */
function isBeyondLimit(performance: Measured, writer: WorseningWriter): boolean {
  const { low } = writer.of(performance);
  const limit = performance['limit-relative'] ?? performance.limit;
  return low !== null && limit !== null && low > limit;
}

/** From which worsening on such a look would say so. */
function seenWords(
  { detectable, ...performance }: Pick<Performance, 'detectable' | 'limit-relative'>,
  { write }: Pick<WorseningWriter, 'write'>,
): string {
  const from = performance['limit-relative'] === undefined ? detectable?.worse : detectable?.relative;
  return typeof from === 'number'
    ? `smallest detectable worsening ${write(from)}`
    : 'too few rows to detect any worsening';
}

function sinceWords({ from, rows }: Since): string {
  return from === undefined
    ? `all ${counted(rows, 'labelled row')}`
    : `the ${counted(rows, 'labelled row')} since ${shownTime(from)}`;
}

function rowsWords(performance: Measured): string {
  const effective = performance['effective-rows'];
  const rows = counted(performance.rows.current, 'row');
  return effective === undefined ? rows : `${rows} (${formatCount(effective)} effective)`;
}

function dependenceWords(performance: Measured): string[] {
  const effective = performance['effective-rows'];
  if (effective === undefined) return [];
  return [
    `rows depend on each other: the ${counted(performance.rows.current, 'labelled row')} have an effective sample size of ${formatCount(effective)}`,
  ];
}
