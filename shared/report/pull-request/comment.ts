// What stands in a pull request: comment, check, job summary; and the Markdown that drift is written in too.
import { commentSizes, detailParts, judgedParts, pullRequestPage } from './parts.ts';
import type { PullRequestReport } from './pull-request-report.ts';

/** Characters that GitHub takes in one comment. */
const commentLimit = 65_536;

/**
 * The comment of a pull request, in GitHub's Markdown: verdict and number first, then what the pull request changes in
 * its own gates, gates, metrics, worse slices, and the rest to be opened. The same report gives the same text.
 *
 * @param limit characters at most; leave room for a marker. At least 16,384: the shortest form always fits there.
 * @throws RangeError when the limit is too small even for that.
 */
export function renderComment(report: PullRequestReport, limit = commentLimit): string {
  const parts = [...judgedParts(report, commentSizes), ...detailParts(report, commentSizes)];
  return pullRequestPage(report, parts, { characters: limit });
}
