import { judgedRowsWords } from '../../metrics/evaluation/judged-rows-words.ts';
import type { MetricResult } from '../../metrics/evaluation/metric-result.ts';
import {
  comparedValueText,
  otherRowsWords,
  valueBesideChampion,
} from '../../metrics/evaluation/newer-rows-words.ts';
import { formatEstimate } from '../../text/number-format.ts';
import { gainOutcome } from '../evaluation/gain.ts';
import { blocks, clippedText, code, type Markdown, md, type Piece, table } from './markdown.ts';
import type { PullRequestReport } from './pull-request-report.ts';
import { bracketedInterval, inBrackets, restInReport, unitOf } from './words.ts';

/** The metrics against champion and naive baseline, the primary one first. @param limit rows at most. */
export function metricsSection(report: PullRequestReport, limit: number): Markdown | undefined {
  const { metrics, primary } = report.evaluation;
  const ordered = metrics.toSorted((a, b) => Number(b.name === primary) - Number(a.name === primary));
  const champion = metrics.some((metric) => metric.champion !== undefined);
  const baseline = metrics.some((metric) => metric.baseline !== undefined);
  return blocks([
    md`#### Metrics`,
    table(
      [
        { label: 'Metric' },
        { label: 'This model' },
        ...(champion ? [right('Champion'), { label: 'Gain' }] : []),
        ...(baseline ? [right('Naive baseline')] : []),
      ],
      ordered
        .slice(0, limit)
        .map((metric) => [
          nameCell(metric, report),
          valueCell(metric),
          ...(champion ? [championCell(metric), gainCell(metric)] : []),
          ...(baseline ? [beside(metric, metric.baseline)] : []),
        ]),
    ),
    comparedRowsNote(report),
    restInReport(report, ordered.length - limit, 'metric'),
  ]);
}

/** Where champion and gain are of other rows than the model's values beside them: which, and what the model has there. */
function comparedRowsNote({ evaluation }: PullRequestReport): Markdown | undefined {
  const { champion, metrics, primary } = evaluation;
  const metric = metrics.find(({ name }) => name === primary);
  if (!champion?.comparable || champion.same || !metric?.champion) return undefined;
  const rows = otherRowsWords(metric, champion);
  if (rows === undefined) return undefined;
  const there = comparedValueText(metric, valueBesideChampion(metric));
  return md`<sub>Champion and gain are measured on the ${rows}, where this model’s ${code(primary, 40)} is ${there}; its own column is of ${judgedRowsWords(evaluation)}.</sub>`;
}

function right(label: string): { readonly label: string; readonly align: 'right' } {
  return { label, align: 'right' };
}

function nameCell(metric: MetricResult, report: PullRequestReport): Piece {
  const unit = unitOf(metric.name, report).trim();
  const name = md`${code(metric.name, 40)}${unit === '' ? '' : ` (${unit})`}`;
  return metric.name === report.evaluation.primary ? md`**${name}**` : name;
}

function valueCell(metric: MetricResult): Piece {
  if (metric.value === null)
    return md`undefined: ${clippedText(metric.reason ?? 'no reason was given', 120)}`;
  return md`**${formatEstimate(metric)}** ${bracketedInterval(metric.low, metric.high)}`;
}

function beside(metric: MetricResult, value: number | null | undefined): Piece {
  return value === undefined || value === null ? '–' : formatEstimate({ ...metric, value });
}

function championCell(metric: MetricResult): Piece {
  const value = metric.champion?.value ?? null;
  return value === null ? '–' : comparedValueText(metric, value);
}

function gainCell({ champion }: MetricResult): Piece {
  if (!champion) return '–';
  const { sign, phrase, interval } = gainOutcome(champion.gain);
  return md`${sign} ${clippedText(phrase, 120)} ${champion.gain.value === null ? '' : inBrackets(interval)}`;
}
