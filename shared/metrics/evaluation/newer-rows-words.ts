import { counted, formatCount } from '../../text/counts.ts';
import { formatEstimate } from '../../text/number-format.ts';
import type { RowsPart } from './champion-summary.ts';
import { clearSide } from './clear-side.ts';
import { comparisonWords } from './comparison.ts';
import type { Evaluation } from './evaluation.ts';
import type { MetricResult } from './metric-result.ts';

type Champion = NonNullable<Evaluation['champion']>;

/** The judged model's value on the rows that it is compared with the champion on. */
export function valueBesideChampion({ value, champion }: MetricResult): number | null {
  return champion?.own === undefined ? value : champion.own;
}

/**
 * A value of champion or judged model on the rows that the two were compared on, with the decimals that it deserves there. The
 * metric's own interval is of all judged rows: where those are others, it may be wider by any factor, and the gain's decides.
 */
export function comparedValueText({ low, high, champion }: MetricResult, value: number | null): string {
  const interval = champion?.own === undefined ? { low, high } : champion.gain;
  return formatEstimate({ low: interval.low, high: interval.high, value });
}

/**
 * The rows that the two were compared on, beside a value of the judged model on those rows: `45 rows newer than the champion’s data`;
 * undefined where they are all judged rows, so that its value is the one that is shown anyway.
 */
export function otherRowsWords(
  { champion: compared }: Pick<MetricResult, 'champion'>,
  { rows, decidedBy, by }: Champion,
): string | undefined {
  if (compared?.own === undefined) return undefined;
  if (decidedBy !== undefined) return `${counted(rows, 'row')} newer than the champion’s data`;
  return `${counted(rows, 'row')} ${byBoth(by)}`;
}

function byBoth(by: Champion['by']): string {
  return by === undefined ? 'unseen by both' : 'that both predicted out-of-fold';
}

/** On which rows the two were compared: `45 rows newer than its data`, `120 rows unseen by both`. */
export function comparedRowsWords({ rows, decidedBy, by, filtered = 0, edited = 0 }: Champion): string {
  const dropped = filtered > 0 ? `, of which filters dropped ${formatCount(filtered)} from the test` : '';
  const changed =
    edited > 0
      ? `; ${counted(edited, 'row')} that changed since ${edited === 1 ? 'is' : 'are'} left out`
      : '';
  if (decidedBy !== undefined) return `${counted(rows, 'row')} newer than its data${dropped}`;
  return `${counted(rows, 'row')} ${byBoth(by)}${dropped}${changed}`;
}

/**
 * The other figure, where newer rows decided: `on 120 older rows worse by 0.21 (0.05 to 0.38)`; or why there is none; undefined
 * where there could not be one.
 */
export function olderRowsWords({ decidedBy, older, newerAlone }: Champion): string | undefined {
  if (newerAlone !== undefined) return `not on older ones, since ${newerAlone}`;
  const words = older && comparisonWords(older.gain);
  if (decidedBy === undefined || !words) return undefined;
  const interval = words.interval === undefined ? '' : ` (${words.interval})`;
  return `on ${counted(older.rows, 'older row')} ${words.direction} ${words.size}${interval}`;
}

/**
 * What must be said aloud where the rows that came after the champion's data and the older ones disagree about which model is
 * better: `better on new rows, worse on old ones`; undefined where they do not, or one of them is not known.
 *
 * Where the interval of a gain reaches across zero, the word is `not clearly better` or `not clearly worse`.
 */
export function twoFiguresWords({ newer, older }: Pick<Champion, 'newer' | 'older'>): string | undefined {
  const [onNew, onOld] = [newer, older].map((part) => part?.gain.value ?? 0) as [number, number];
  if (!newer || !older || onNew * onOld >= 0) return undefined;
  return `${gainWord(newer)} on new rows, ${gainWord(older)} on old ones`;
}

function gainWord({ gain }: RowsPart): string {
  const side = clearSide(gain);
  return side === 'better' || side === 'worse' ? side : `not clearly ${gain.value! > 0 ? 'better' : 'worse'}`;
}
