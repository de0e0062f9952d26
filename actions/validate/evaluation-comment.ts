import { roomBelow } from '../../shared/forge/upsert/sticky-comment.ts';
import type { Evaluation } from '../../shared/metrics/evaluation/evaluation.ts';
import {
  type JudgedRowsRecord,
  type Looks,
  looksOf,
  type PullRequestRecord,
  withModelInPullRequest,
} from '../../shared/metrics/evaluation/looks.ts';
import type { Logger } from '../../shared/platform/logger.ts';
import { renderComment } from '../../shared/report/pull-request/comment.ts';
import type { PullRequestReport } from '../../shared/report/pull-request/pull-request-report.ts';
import { formatLooksLine, parseLooksLine } from './looks-line.ts';
import { evaluationMarker } from './publication.ts';

/**
 * An evaluation's comment below its marker. It remembers which models the test rows have judged in this pull request, and
 * says how many: nothing else that lasts as long is both readable and writable with the rights of a gate.
 *
 * @param earlier what stands below the marker of the comments there are.
 * @param runs models known from the run directory.
 */
export function evaluationComment(
  report: PullRequestReport,
  earlier: readonly string[],
  { runs, logger }: { readonly runs?: JudgedRowsRecord; readonly logger: Logger },
): string {
  const { evaluation } = report;
  const room = roomBelow(evaluationMarker(evaluation.pipeline));
  const { judged, model } = evaluation;
  if (!judged || model === undefined) return renderComment(report, room);
  const record = withModelInPullRequest(readRecords(earlier, logger), { rows: judged.rows, model });
  const line = formatLooksLine(record);
  const looks = looksIn(evaluation, record, runs);
  return `${line}\n${renderComment({ ...report, ...(looks ? { looks } : {}) }, room - line.length - 1)}`;
}

/** How many models the test rows have judged, as a comment says it; undefined where it does not count. */
export function looksOfComment(
  evaluation: Evaluation,
  text: string,
  runs?: JudgedRowsRecord,
): Looks | undefined {
  const record = parseLooksLine(text);
  return record === undefined || record === 'broken' ? undefined : looksIn(evaluation, record, runs);
}

function looksIn(
  { judged }: Evaluation,
  pullRequest: PullRequestRecord,
  runs?: JudgedRowsRecord,
): Looks | undefined {
  return judged && looksOf({ versions: judged, pullRequest, ...(runs ? { runs } : {}) });
}

function readRecords(earlier: readonly string[], logger: Logger): readonly PullRequestRecord[] {
  return earlier.flatMap((text) => {
    const record = parseLooksLine(text);
    if (record !== 'broken') return record ?? [];
    logger.warn(
      'the hidden line of the earlier comment that lists the judged models is not as Ciclo writes it, so how often the test rows have judged in this pull request starts again from zero',
    );
    return [];
  });
}
