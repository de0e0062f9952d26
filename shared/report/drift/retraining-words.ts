import { clearSide } from '../../metrics/evaluation/clear-side.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import type { Interval } from '../../metrics/evaluation/judged-values.ts';
import type { MetricResult } from '../../metrics/evaluation/metric-result.ts';
import { comparedValueText, valueBesideChampion } from '../../metrics/evaluation/newer-rows-words.ts';
import { blendWords } from '../../model/report/blend-words.ts';
import type { TrainingReport } from '../../model/report/training-report.ts';
import { counted } from '../../text/counts.ts';
import { formatEstimate, formatInterval, formatNumber } from '../../text/number-format.ts';
import { measuredShare } from '../../text/percent.ts';
import { gainOutcome } from '../evaluation/gain.ts';
import { metricUnit } from '../metric-words.ts';
import type { PagePart } from '../pull-request/composition.ts';
import { shrinking } from '../pull-request/frame.ts';
import {
  blocks,
  bulletList,
  clippedText,
  code,
  type Markdown,
  md,
  type Piece,
  table,
} from '../pull-request/markdown.ts';

/** Evaluations on the rows that the champion's window had, and on those that came after it. */
export interface RowsApart {
  readonly old?: Evaluation;
  readonly new?: Evaluation;
}

/** The primary metric of an evaluation. */
export function primaryOf({ metrics, primary }: Evaluation): MetricResult | undefined {
  return metrics.find(({ name }) => name === primary);
}

/** The metric's unit with its space before it. */
export function unitAfter(metric: string, { unit }: Evaluation): string {
  const own = metricUnit(metric, unit);
  return own === undefined ? '' : ` ${own}`;
}

/** From one value to another with the decimals that their difference deserves: `3.1 → 2.7`. */
export function changeWords(from: number | null, to: number | null, gain: Interval): string {
  const shown = (value: number | null) => formatEstimate({ ...gain, value });
  return `${shown(from)} → ${shown(to)}`;
}

/** ` (−13%)`: the change as a share of where it started; nothing where that is undefined. */
export function relativeWords(from: number | null, to: number | null): string {
  if (from === null || to === null || from === 0) return '';
  return ` (${measuredShare((to - from) / Math.abs(from), { sign: true })})`;
}

/** Champion and challenger on the same rows, a row per metric, the primary one first. */
export function comparisonTable(
  evaluation: Evaluation,
  limit: number,
  subject = 'Retrained',
): Markdown | undefined {
  const { metrics, primary } = evaluation;
  const rows = metrics
    .filter(({ champion }) => champion !== undefined)
    .toSorted((a, b) => Number(b.name === primary) - Number(a.name === primary))
    .slice(0, limit)
    .map((metric) => [
      metric.name === primary ? md`**${code(metric.name, 40)}**` : code(metric.name, 40),
      comparedValueText(metric, metric.champion!.value),
      md`**${comparedValueText(metric, valueBesideChampion(metric))}**`,
      gainCell(metric.champion!.gain),
    ]);
  return table(
    [
      { label: 'Metric' },
      { label: 'In production', align: 'right' },
      { label: subject, align: 'right' },
      { label: 'Gain, with its interval' },
    ],
    rows,
  );
}

function gainCell(gain: Interval): Piece {
  const { sign, sentence } = gainOutcome(gain);
  return md`${sign} ${clippedText(sentence, 160)}`;
}

/** Gain on the new rows and loss on the old ones, apart. */
export function apartTable(apart: RowsApart): Markdown | undefined {
  const line = (words: string, evaluation: Evaluation | undefined): Piece[][] => {
    const metric = evaluation && primaryOf(evaluation);
    if (!evaluation || !metric?.champion) return [];
    const { value, gain } = metric.champion;
    return [
      [
        words,
        counted(comparedRows(metric, evaluation), 'row'),
        comparedValueText(metric, value),
        md`**${comparedValueText(metric, valueBesideChampion(metric))}**`,
        gainCell(gain),
      ],
    ];
  };
  return table(
    [
      { label: 'Judged rows' },
      { label: 'Count', align: 'right' },
      { label: 'In production', align: 'right' },
      { label: 'Retrained', align: 'right' },
      { label: 'Gain, with its interval' },
    ],
    [...line('new: after the previous window', apart.new), ...line('old: in the previous window', apart.old)],
  );
}

/** How many rows the two were compared on: all judged ones, unless the comparison says what the model has on its own. */
function comparedRows({ champion }: MetricResult, evaluation: Evaluation): number {
  return champion?.own === undefined ? evaluation.rows : (evaluation.champion?.rows ?? evaluation.rows);
}

/** Said aloud when the gain on the new rows costs something on the old ones. */
export function apartWarning({ old }: RowsApart): Markdown | undefined {
  const gain = old && primaryOf(old)?.champion?.gain;
  if (!gain || clearSide(gain) !== 'worse') return undefined;
  return md`⚠️ On the old rows it is worse by ${formatInterval(-gain.high!, -gain.low!)}. If such rows still arrive, weigh that against the gain.`;
}

/** Which algorithm won, on the validation rows or out-of-fold; of a blend first itself. */
export function candidatesTable(training: TrainingReport, limit: number): Markdown | undefined {
  const { blend, chosen } = training;
  const ofBlend = blend
    ? [
        [
          md`**${code(chosen, 40)}** (chosen)`,
          clippedText(blendWords(blend), 200),
          formatNumber(blend.score, { digits: 4 }),
        ],
      ]
    : [];
  const rows = training.candidates
    .toSorted((a, b) => Number(b.name === training.chosen) - Number(a.name === training.chosen))
    .slice(0, limit)
    .map(({ name, type, validation }) => [
      name === training.chosen ? md`**${code(name, 40)}** (chosen)` : code(name, 40),
      clippedText(type, 40),
      formatNumber(validation, { digits: 4 }),
    ]);
  return table(
    [
      { label: 'Candidate' },
      { label: 'Algorithm' },
      { label: `${training.folds ? 'Out-of-fold' : 'Validation'} ${training.metric}`, align: 'right' },
    ],
    [...ofBlend, ...rows],
  );
}

/** What changes, line by line. */
export function linesPart(title: string, lines: readonly string[], importance: number): PagePart {
  return shrinking(title.toLowerCase(), importance, [40, 15, 5], (limit) =>
    lines.length === 0
      ? undefined
      : blocks([
          md`#### ${title}`,
          bulletList([
            ...lines.slice(0, limit).map((line) => clippedText(line, 300)),
            ...(lines.length > limit ? [md`and ${lines.length - limit} more`] : []),
          ]),
        ]),
  );
}
