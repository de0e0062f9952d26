import { clipText, visibleText } from '../markup/data-text.ts';
import { metricUnit } from '../metric-words.ts';
import { formatCounted } from '../number-format.ts';
import { link, type Markdown, md } from './markdown.ts';
import type { PullRequestReport } from './pull-request-report.ts';

/** A sign for those who scan, always beside the word. */
export const signs = {
  pass: '✅',
  warn: '⚠️',
  fail: '❌',
  inconclusive: '⚠️',
  'not-applicable': '➖',
} as const;

/** The unit after a number of this metric, with its space; nothing when it has none. */
export function unitOf(metric: string, { evaluation }: Pick<PullRequestReport, 'evaluation'>): string {
  const unit = metricUnit(metric, evaluation.unit);
  return unit === undefined ? '' : ` ${clipText(visibleText(unit), 20)}`;
}

/** Where the rest of a long list is; undefined when all of it is shown. */
export function more(
  report: PullRequestReport,
  omitted: number,
  thing: string,
  things = `${thing}s`,
): Markdown | undefined {
  if (omitted <= 0) return undefined;
  const verb = omitted === 1 ? 'is' : 'are';
  return md`${formatCounted(omitted, `more ${thing}`, `more ${things}`)} ${verb} in the ${reportLink(report)}.`;
}

/** `report`, linked where it can be. */
export function reportLink({ links }: PullRequestReport): Markdown {
  return link('report', links.report ?? links.run);
}
