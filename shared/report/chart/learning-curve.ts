import { leadingCandidate } from '../../model/report/leading-candidate.ts';
import { type StepWord, stepWordOf, stepWordsOf } from '../../model/report/step-words.ts';
import type { CandidateReport, EpochReport, TrainingReport } from '../../model/report/training-report.ts';
import { formatNumber } from '../../text/number-format.ts';
import { visibleText } from '../../text/visible-text.ts';
import { dataText, html, type Markup } from '../markup/html.ts';
import { lossAxis } from './loss-axis.ts';
import { inkColors, otherLines } from './theme.ts';
import type { Chart } from './vega-chart.ts';

/** More lines cannot be told apart; the table lists every candidate. */
const shownOthers = otherLines.length;

const shownEpochs = 300;

/** Words with commas, and an "or" before the last. */
const alternatives = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** The learning curves, to be drawn at any size, and what their lines are. */
export interface LearningCurves {
  readonly chart: (width: number, height: number) => Chart;
  readonly legend: Markup;
}

interface Line {
  readonly name: Markup;
  readonly color: string;
  readonly dash: readonly number[];
  readonly width: number;
  readonly points: readonly { readonly epoch: number; readonly loss: number }[];
}

/** Curves of the chosen candidate (training and validation) and of the best others (validation). */
export function learningCurves(training: TrainingReport): LearningCurves | undefined {
  const chosen = leadingCandidate(training);
  if (!chosen || chosen.history.length === 0) return undefined;
  const others = training.candidates
    .filter((candidate) => candidate !== chosen && candidate.history.length > 0)
    .toSorted((a, b) => bestLoss(a) - bestLoss(b))
    .slice(0, shownOthers);
  const lines: Line[] = [
    ...others.map((candidate, i) => ({
      name: html`${dataText(candidate.name, 30)}, validation`,
      ...otherLines[i]!,
      width: 1.5,
      points: points(candidate, 'validationLoss'),
    })),
    {
      name: html`${dataText(chosen.name, 30)}, training`,
      color: inkColors.model,
      dash: [4, 3],
      width: 1.5,
      points: points(chosen, 'loss'),
    },
    {
      name: html`<b>${dataText(chosen.name, 30)}, validation</b>`,
      color: inkColors.model,
      dash: [],
      width: 3,
      points: points(chosen, 'validationLoss'),
    },
  ];
  const axisWords = alternatives.format(stepWordsOf([chosen, ...others]));
  const best = chosen.history.find((epoch) => epoch.epoch === chosen.bestEpoch);
  return {
    chart: (width, height) => ({
      description: describe(chosen, best, others.length),
      spec: specOf(lines, best && { ...best, word: stepWordOf(chosen) }, axisWords, { width, height }),
    }),
    legend: html`<span class="legend">${lines.toReversed().map(legendEntry)}</span>`,
  };
}

function bestLoss(candidate: CandidateReport): number {
  return candidate.history.reduce(
    (least, epoch) => Math.min(least, epoch.validationLoss),
    Number.POSITIVE_INFINITY,
  );
}

/** At most 300 points, the first, the last and the best among them. */
function points(candidate: CandidateReport, loss: 'loss' | 'validationLoss'): Line['points'] {
  const { history } = candidate;
  const step = Math.ceil(history.length / shownEpochs);
  return history
    .filter((epoch, i) => i % step === 0 || i === history.length - 1 || epoch.epoch === candidate.bestEpoch)
    .map((epoch) => ({ epoch: epoch.epoch, loss: epoch[loss] }));
}

/** What was kept, and what it is called. */
interface BestStep extends EpochReport {
  readonly word: StepWord;
}

function specOf(
  lines: readonly Line[],
  best: BestStep | undefined,
  axisWords: string,
  { width, height }: { readonly width: number; readonly height: number },
): Chart['spec'] {
  const losses = lines.flatMap((line) => line.points.map((point) => point.loss));
  const x = {
    field: 'epoch',
    type: 'quantitative',
    title: axisWords,
    axis: { grid: false, tickCount: Math.max(3, Math.round(width / 90)), tickMinStep: 1, format: ',d' },
    scale: { nice: false },
  } as const;
  const y = { field: 'loss', type: 'quantitative', ...lossAxis(losses) } as const;
  return {
    width,
    height,
    layer: [
      ...lines.map((line) => ({
        data: { values: [...line.points] },
        mark: {
          type: 'line' as const,
          stroke: line.color,
          strokeWidth: line.width,
          strokeDash: [...line.dash],
          strokeJoin: 'round' as const,
        },
        encoding: { x, y },
      })),
      ...(best ? bestMarks(best, { x, y }, best.epoch > 0.7 * lastEpoch(lines)) : []),
    ],
  } as Chart['spec'];
}

function lastEpoch(lines: readonly Line[]): number {
  return Math.max(...lines.map((line) => line.points.at(-1)!.epoch));
}

/** The dot, its epoch and a line down to the axis. */
function bestMarks(best: BestStep, encoding: { x: object; y: object }, toTheLeft: boolean): object[] {
  const data = { values: [{ epoch: best.epoch, loss: best.validationLoss }] };
  return [
    {
      data,
      mark: { type: 'rule', stroke: inkColors.muted, strokeDash: [2, 3] },
      encoding: { x: encoding.x },
    },
    {
      data,
      mark: {
        type: 'text',
        text: `best: ${best.word} ${best.epoch}`,
        align: toTheLeft ? 'right' : 'left',
        dx: toTheLeft ? -6 : 6,
        baseline: 'top',
        fill: inkColors.ink,
      },
      encoding: { x: encoding.x, y: { value: 2 } },
    },
    {
      data,
      mark: {
        type: 'point',
        filled: true,
        size: 90,
        fill: inkColors.model,
        stroke: 'var(--surface)',
        strokeWidth: 2,
        opacity: 1,
      },
      encoding,
    },
  ];
}

function describe(chosen: CandidateReport, best: EpochReport | undefined, others: number): string {
  const first = chosen.history[0]!;
  const last = chosen.history.at(-1)!;
  const name = visibleText(chosen.name).slice(0, 60);
  const word = stepWordOf(chosen);
  const kept = best
    ? ` The best ${word} is ${best.epoch}, with ${formatNumber(best.validationLoss)} on validation and ${formatNumber(best.loss)} on training rows.`
    : '';
  return `Learning curve of ${name}: validation loss from ${formatNumber(first.validationLoss)} at ${word} ${first.epoch} to ${formatNumber(last.validationLoss)} at ${word} ${last.epoch}.${kept}${others > 0 ? ` Beside it, ${others} other candidates.` : ''}`;
}

function legendEntry(line: Line): Markup {
  const dash = line.dash.length > 0 ? html` stroke-dasharray="${line.dash.join(' ')}"` : '';
  return html`<span><svg class="key" viewBox="0 0 32 10" aria-hidden="true"><path d="M1 5H31" fill="none" stroke="${line.color}" stroke-width="${line.width}"${dash}/></svg><span>${line.name}</span></span>`;
}
