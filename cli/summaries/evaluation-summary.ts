// What a command prints at its end for people.
import { positiveClass } from '../../shared/dataset/schema/positive-class.ts';
import { measuredWords } from '../../shared/metrics/evaluation/comparison.ts';
import type { Evaluation } from '../../shared/metrics/evaluation/evaluation.ts';
import { powerWords } from '../../shared/metrics/evaluation/gate-power-words.ts';
import type { GateResult } from '../../shared/metrics/evaluation/gate-result.ts';
import { judgedRowsWords, outOfFoldNotes } from '../../shared/metrics/evaluation/judged-rows-words.ts';
import { type Looks, looksWords } from '../../shared/metrics/evaluation/looks.ts';
import { comparedRowsWords, olderRowsWords } from '../../shared/metrics/evaluation/newer-rows-words.ts';
import { notesOf } from '../../shared/metrics/evaluation/notes.ts';
import { fails } from '../../shared/metrics/evaluation/verdict.ts';
import { metricUnit } from '../../shared/report/metric-words.ts';
import type { Style } from '../terminal/style.ts';
import { metricsLines } from './metrics-lines.ts';
import { block, type TextLayout, wrap } from './words.ts';

/** The verdict, the metrics and the gates, for people. */
export function evaluationSummary(evaluation: Evaluation, layout: TextLayout, looks?: Looks): string[] {
  const judgedWords = looks && looksWords(looks);
  return [
    ...block('Validate', layout, [
      `${verdictWord(evaluation.verdict, layout.style)}  ${evaluation.headline}`,
      ...(evaluation.outOfFold ? [`evaluated on ${judgedRowsWords(evaluation)}`] : []),
      ...championLine(evaluation),
      ...positiveLine(evaluation),
      ...(judgedWords === undefined ? [] : [judgedWords]),
      ...outOfFoldNotes(evaluation),
      ...notesOf(evaluation).map((note) => layout.style.doubtful(note)),
      ...(evaluation.warnings ?? []).map(({ message }) => `${layout.style.doubtful('warning')} ${message}`),
    ]),
    '',
    ...metricsLines(evaluation, { ...layout, width: layout.width - 2 }).map((line) => `  ${line}`),
    '',
    ...gateLines(evaluation, layout),
  ];
}

/** `PASS`, `WARN`, `FAIL`. */
function verdictWord(verdict: Evaluation['verdict'], style: Style): string {
  const paint = { pass: style.good, warn: style.doubtful, fail: style.bad }[verdict];
  return style.bold(paint(verdict.toUpperCase()));
}

function positiveLine(evaluation: Evaluation): string[] {
  const label = positiveClass(evaluation);
  return label === undefined ? [] : [`positive class: ${label}`];
}

function championLine({ champion }: Evaluation): string[] {
  if (!champion) return [];
  if (champion.same) return [`the same model as in production, ${champion.name}`];
  if (!champion.comparable) {
    return [`not comparable with ${champion.name}${champion.reason ? `: ${champion.reason}` : ''}`];
  }
  const others = olderRowsWords(champion);
  return [
    `compared with ${champion.name} on ${comparedRowsWords(champion)}${others === undefined ? '' : `; ${others}`}`,
  ];
}

function gateLines({ gates, unit }: Evaluation, layout: TextLayout): string[] {
  if (gates.length === 0) {
    return wrap(
      '  No gates are declared: validate.gates in ciclo.yml says what a good model is.',
      layout.width,
    );
  }
  return gates.flatMap((gate) => gateLine(gate, unit, layout));
}

function gateLine(gate: GateResult, targetUnit: string | undefined, { style, width }: TextLayout): string[] {
  const [mark, paint] = {
    pass: ['✓', style.good],
    fail: ['✗', style.bad],
    inconclusive: ['?', style.doubtful],
    'not-applicable': ['–', style.dim],
  }[gate.outcome] as [string, (text: string) => string];
  const slice = gate.slice === undefined ? '' : `, ${gate.slice.label}`;
  const text = `${gate.declared}${slice}${measuredText(gate, targetUnit, style)}`;
  const [first, ...rest] = wrap(text, width - 4).map((line) => line.replaceAll('\u00a0', ' '));
  const lines = [
    `  ${fails(gate) ? style.bad(mark) : paint(mark)} ${first}`,
    ...rest.map((line) => `    ${line}`),
  ];
  const power = powerWords(gate, metricUnit(gate.metric, targetUnit));
  // A gate that is clearly passed has told what it can, unless it is there to stop a worse model than the champion.
  const told = gate.outcome !== 'pass' || gate.kind.startsWith('champion-') ? power : undefined;
  const notes = [...(gate.outcome === 'pass' ? [] : [gate.message]), ...(told === undefined ? [] : [told])];
  return [
    ...lines,
    ...notes.flatMap((note) => wrap(note, width - 4)).map((text) => `    ${style.dim(text)}`),
  ];
}

/** `: 2.87 mpg (2.47 to 3.32)`, `: better by 4% (2% to 6%)`, with spaces that keep the figures on one line. */
function measuredText(gate: GateResult, targetUnit: string | undefined, style: Style): string {
  const unit = metricUnit(gate.metric, targetUnit);
  const words = measuredWords(gate);
  if (words === undefined) return '';
  const { direction, size, interval, relative } = words;
  const amount = unit === undefined || relative ? size : `${size} ${unit}`;
  const value = direction === '' ? amount : `${direction} ${amount}`;
  const range = interval === undefined ? '' : style.dim(` (${interval})`);
  return `: ${`${value}${range}`.replaceAll(' ', '\u00a0')}`;
}
