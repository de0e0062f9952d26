import { gainOf } from '../../metrics/descriptors/direction.ts';
import { type ClearSide, clearSide } from '../../metrics/evaluation/clear-side.ts';
import { comparisonWords, type Gain } from '../../metrics/evaluation/comparison.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import type { SliceResult } from '../../metrics/evaluation/metric-result.ts';
import { counted, formatCount } from '../../text/counts.ts';
import { formatEstimate } from '../../text/number-format.ts';
import { blocks, code, details, type Markdown, md, type Piece, table } from './markdown.ts';
import type { PullRequestReport } from './pull-request-report.ts';
import { bracketedInterval, restInReport, unitOf } from './words.ts';

/** A slice where this model is worse than the champion. */
interface WorseSlice {
  readonly slice: SliceResult & { readonly value: number; readonly champion: number };
  /** How much better it is, in the metric's units; below 0. Without an interval where the evaluation has none of it. */
  readonly gain: Gain & { readonly value: number };
  /** By the rule of all comparisons. */
  readonly side: ClearSide;
}

/** Judged slices that have both models' values. */
function comparedSlices({ slices }: Evaluation): WorseSlice['slice'][] {
  return slices.filter(
    (slice): slice is WorseSlice['slice'] =>
      slice.judged && slice.value !== null && typeof slice.champion === 'number',
  );
}

/** Slices that got worse, the clear ones first, then by how much in units of the interval. */
function worseSlices(evaluation: Evaluation): WorseSlice[] {
  const better = new Map(evaluation.metrics.map((metric) => [metric.name, metric.better]));
  return comparedSlices(evaluation)
    .map((slice) => {
      const value = gainOf(better.get(slice.metric) ?? 'lower')(slice.value, slice.champion);
      // Evaluations that were made before slices were compared by pairs have no interval of the difference.
      const { low = null, high = null } = slice.gain ?? {};
      const gain = { value, low, high };
      return { slice, gain, side: clearSide(gain) };
    })
    .filter(({ gain }) => gain.value < 0)
    .sort((a, b) => Number(isClear(b)) - Number(isClear(a)) || relative(b) - relative(a));
}

const isClear = ({ side }: WorseSlice): boolean => side === 'worse';

function relative({ gain }: WorseSlice): number {
  const width = gain.low === null || gain.high === null ? 0 : gain.high - gain.low;
  return width > 0 ? -gain.value / width : 0;
}

/** The slices that got worse and by how much; one sentence when none did. @param limit rows at most. */
export function worseSlicesSection(report: PullRequestReport, limit: number): Markdown | undefined {
  const compared = comparedSlices(report.evaluation);
  if (compared.length === 0) return undefined;
  const worse = worseSlices(report.evaluation);
  const clear = worse.filter(isClear).length;
  if (worse.length === 0) return md`#### Slices: none of ${formatCount(compared.length)} got worse`;
  const shown = worse.slice(0, limit);
  return blocks([
    md`#### Slices: ${formatCount(worse.length)} of ${formatCount(compared.length)} got worse, ${clear === 0 ? 'none' : formatCount(clear)} clearly`,
    table(
      [
        { label: 'Slice' },
        { label: 'Rows', align: 'right' },
        { label: 'This model' },
        { label: 'Champion', align: 'right' },
        { label: 'Worse by' },
      ],
      shown.map((row) => worseCells(row, report)),
    ),
    restInReport(report, worse.length - shown.length, 'slice'),
  ]);
}

function worseCells(worse: WorseSlice, report: PullRequestReport): Piece[] {
  const { slice } = worse;
  return [
    sliceCell(slice, report.evaluation.primary),
    formatCount(slice.rows),
    valueCell(slice),
    formatEstimate({ ...slice, value: slice.champion }),
    lossCell(worse, report),
  ];
}

function lossCell({ slice, gain, side }: WorseSlice, report: PullRequestReport): Piece {
  const { size, interval } = comparisonWords(gain)!;
  if (side === 'unknown') return md`${size}, no interval`;
  return side === 'worse'
    ? md`▼ **${size}**${unitOf(slice.metric, report)} (${interval!})`
    : md`${size}, not clearly (${interval!})`;
}

function sliceCell({ column, label, metric }: SliceResult, primary: string): Piece {
  const other = metric === primary ? '' : md` (${code(metric, 40)})`;
  return md`${code(column, 40)}: ${code(label, 40)}${other}`;
}

function valueCell(slice: SliceResult): Piece {
  if (slice.value === null) return 'undefined';
  return md`${formatEstimate(slice)} ${bracketedInterval(slice.low, slice.high)}`;
}

/** Every slice, also those with too few rows to judge, to be opened. @param limit rows at most. */
export function allSlices(report: PullRequestReport, limit: number): Markdown | undefined {
  const { slices, primary } = report.evaluation;
  if (slices.length === 0) return undefined;
  const shown = slices.slice(0, limit);
  const all = counted(slices.length, 'slice');
  return details(shown.length < slices.length ? `${formatCount(shown.length)} of ${all}` : `All ${all}`, [
    table(
      [
        { label: 'Slice' },
        { label: 'Rows', align: 'right' },
        { label: 'This model' },
        { label: 'Champion', align: 'right' },
      ],
      shown.map((slice) => [
        sliceCell(slice, primary),
        md`${formatCount(slice.rows)}${slice.judged ? '' : ', too few to judge'}`,
        valueCell(slice),
        typeof slice.champion === 'number' ? formatEstimate({ ...slice, value: slice.champion }) : '–',
      ]),
    ),
    restInReport(report, slices.length - shown.length, 'slice'),
  ]);
}
