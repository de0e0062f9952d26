import { gainOf } from '../../metrics/descriptors/direction.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import type { SliceResult } from '../../metrics/evaluation/metric-result.ts';
import { counted, formatCount } from '../../text/counts.ts';
import { formatEstimate } from '../../text/number-format.ts';
import { blocks, code, details, type Markdown, md, type Piece, table } from './markdown.ts';
import type { PullRequestReport } from './pull-request-report.ts';
import { bracketedInterval, restInReport, unitOf } from './words.ts';

/** A slice where this model is worse than the champion. */
export interface WorseSlice {
  readonly slice: SliceResult & { readonly value: number; readonly champion: number };
  /** How much worse, in the metric's units; above 0. */
  readonly loss: number;
  /** The champion's value lies outside the interval of this model's. */
  readonly clear: boolean;
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
    .map((slice) => ({
      slice,
      loss: -gainOf(better.get(slice.metric) ?? 'lower')(slice.value, slice.champion),
      clear: isOutside(slice),
    }))
    .filter(({ loss }) => loss > 0)
    .sort((a, b) => Number(b.clear) - Number(a.clear) || relative(b) - relative(a));
}

function isOutside({ low, high, champion }: WorseSlice['slice']): boolean {
  return low !== null && high !== null && (champion < low || champion > high);
}

function relative({ slice, loss }: WorseSlice): number {
  const width = slice.low === null || slice.high === null ? 0 : slice.high - slice.low;
  return width > 0 ? loss / width : 0;
}

/** The slices that got worse and by how much; one sentence when none did. @param limit rows at most. */
export function worseSlicesSection(report: PullRequestReport, limit: number): Markdown | undefined {
  const compared = comparedSlices(report.evaluation);
  if (compared.length === 0) return undefined;
  const worse = worseSlices(report.evaluation);
  const clear = worse.filter((slice) => slice.clear).length;
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

function worseCells({ slice, loss, clear }: WorseSlice, report: PullRequestReport): Piece[] {
  const size = formatEstimate({ ...slice, value: loss });
  return [
    sliceCell(slice, report.evaluation.primary),
    formatCount(slice.rows),
    valueCell(slice),
    formatEstimate({ ...slice, value: slice.champion }),
    clear ? md`▼ **${size}**${unitOf(slice.metric, report)}` : md`${size}, within the interval`,
  ];
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
