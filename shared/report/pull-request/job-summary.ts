import { detailParts, judgedParts, pullRequestPage, summarySizes } from './parts.ts';
import type { PullRequestReport } from './pull-request-report.ts';

/** Bytes, of the 1 MiB that GitHub takes from one step: other lines of the step have room beside it. */
export const summaryLimit = 900 * 1024;

/** The summary of a job, in GitHub's Markdown: the comment, at more length. Never over {@link summaryLimit} bytes. */
export function renderJobSummary(report: PullRequestReport): string {
  const parts = [...judgedParts(report, summarySizes), ...detailParts(report, summarySizes)];
  return pullRequestPage(report, parts, { bytes: summaryLimit });
}
