import { meaningOf } from '../../metrics/evaluation/verdict.ts';
import { isStopped } from './agreement.ts';
import { annotationsOf, type Declarations, type LineNote } from './annotations.ts';
import { commentSizes, detailParts, judgedParts, pullRequestPage } from './parts.ts';
import type { PullRequestReport } from './pull-request-report.ts';
import { verdictSentence } from './verdict.ts';
import { cutToUnits } from './words.ts';

/** What a check run says; but for its name, the forge's CheckContent has the same shape. */
export interface CheckOutput {
  readonly conclusion: 'success' | 'neutral' | 'failure';
  /** Plain text, at most 255 characters. */
  readonly title: string;
  /** Markdown, as is `text`: at most 65,535 bytes each. */
  readonly summary: string;
  readonly text: string;
  readonly annotations: readonly LineNote[];
}

const longestTitle = 255;
/** GitHub's 65,535 bytes, less the line that says which model was judged (actions/validate/judged-line.ts). */
const room = { bytes: 65_000 };

/**
 * The check of a commit: the comment's content inside a check's limits, and notes on the lines of ciclo.yml. A fork's figures make no
 * success: they end `neutral` unless they fail. What is loosened without an agreement is a failure, whatever the figures.
 */
export function renderCheck(report: PullRequestReport, where: Declarations): CheckOutput {
  const { conclusion } = meaningOf(report.evaluation.verdict);
  const stopped = isStopped(report.declaration);
  return {
    conclusion: stopped
      ? 'failure'
      : report.origin === 'fork' && conclusion === 'success'
        ? 'neutral'
        : conclusion,
    title: cutToUnits(
      stopped
        ? `Somebody must agree to what is loosened; ${verdictSentence(report)}`
        : verdictSentence(report),
      longestTitle,
    ),
    summary: pullRequestPage(report, judgedParts(report, commentSizes), room),
    text: pullRequestPage(report, detailParts(report, commentSizes), room),
    annotations: annotationsOf(report, where),
  };
}
