import type { HistoryLine } from '../../drift/history/history-line.ts';
import type { MonitorReport } from '../../drift/history/monitor-report.ts';
import { judgedChallenger, notBetterWords } from '../../metrics/evaluation/challenger-words.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { valueBesideChampion } from '../../metrics/evaluation/newer-rows-words.ts';
import { counted } from '../../text/counts.ts';
import { fixedPart } from '../pull-request/frame.ts';
import { blocks, bulletList, code, type Markdown, md } from '../pull-request/markdown.ts';
import { bodyOf, type Proposal, titleOf } from './proposal.ts';
import { apartParts, evidence, metricsPart } from './retraining-evidence.ts';
import { changeWords, linesPart, primaryOf, type RowsApart } from './retraining-words.ts';
import { whyPart } from './why-part.ts';

export interface RetrainingIssue {
  readonly pipeline: string;
  readonly champion: string;
  readonly report: MonitorReport;
  /** Checks so far, oldest first: what this one could not look at, an earlier one may have. */
  readonly history: readonly HistoryLine[];
  readonly why: string;
  /** `retrain.confidence`: how sure a gain must be to be called one. */
  readonly confidence: number;
  /** Of the challenger, where one was trained. */
  readonly evaluation?: Evaluation;
  readonly lockChanges?: readonly string[];
  readonly apart?: RowsApart;
  /** Why there is no challenger. */
  readonly reason?: string;
  readonly runUrl?: string;
}

/** The issue where retraining was called for and gave no better model. */
export function retrainingIssue(input: RetrainingIssue): Proposal {
  const { evaluation, reason } = input;
  return {
    title: titleOf(
      evaluation
        ? `${input.pipeline}: ${challengerTitle(evaluation, input.confidence)}`
        : `${input.pipeline}: retraining is needed but not possible`,
    ),
    body: bodyOf(
      [
        fixedPart('the outcome', () =>
          evaluation
            ? evidence({ evaluation, champion: input.champion, confidence: input.confidence })
            : md`No model was trained: ${reason ?? 'no reason is known'}. ${code(input.champion)} stays in production.`,
        ),
        ...(evaluation ? [metricsPart(evaluation)] : []),
        ...apartParts(input.apart),
        whyPart(input.why, input.report, input.history),
        linesPart('What the new data changes', input.lockChanges ?? [], 45),
        fixedPart('what can be done', () =>
          blocks([md`#### What can be done`, bulletList(evaluation ? remedies(input) : dataRemedies())]),
        ),
      ],
      input.runUrl,
    ),
  };
}

/** `1 challenger was not clearly better (−0.7%), rmse 2.13 → 2.12`. */
function challengerTitle(evaluation: Evaluation, confidence: number): string {
  const metric = primaryOf(evaluation);
  const [words] = notBetterWords([judgedChallenger(evaluation, confidence)]);
  if (!metric?.champion || words === undefined) return words ?? 'retraining is better';
  const { value, gain } = metric.champion;
  return `${words}, ${metric.name} ${changeWords(value, valueBesideChampion(metric), gain)}`;
}

function remedies({ apart }: RetrainingIssue): Markdown[] {
  const fresh = apart?.new;
  return [
    ...(fresh && fresh.rows < 50
      ? [
          md`Wait: only ${counted(fresh.rows, 'judged row')} arrived after the previous window; with more rows the interval narrows.`,
        ]
      : [md`Wait for more rows: the interval of the gain narrows.`]),
    md`Look for a missing feature that explains the change.`,
    md`Try other algorithms: add candidates under \`train.candidates\` in \`ciclo.yml\`.`,
    md`To get a pull request anyway, set \`retrain.open: always\`.`,
  ];
}

function dataRemedies(): Markdown[] {
  return [
    md`Put the new rows, with their labels, where \`data.source\` of \`ciclo.yml\` reads them.`,
    md`Run the check again; this issue is updated in place, and closed when a better model is found.`,
  ];
}
