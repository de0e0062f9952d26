import { byCount, counted } from '../../text/counts.ts';
import { formatInterval } from '../../text/number-format.ts';
import { clipText, visibleText } from '../../text/visible-text.ts';
import { metricUnit } from '../metric-words.ts';
import { link, Markdown, md } from './markdown.ts';
import type { PullRequestReport } from './pull-request-report.ts';

/** A sign for those who scan, always beside the word. */
export const outcomeSigns = {
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
export function restInReport(
  report: PullRequestReport,
  omitted: number,
  thing: string,
  things = `${thing}s`,
): Markdown | undefined {
  if (omitted <= 0) return undefined;
  const verb = byCount(omitted, 'is', 'are');
  return md`${counted(omitted, `more ${thing}`, `more ${things}`)} ${verb} in the ${reportLink(report)}.`;
}

/** `report`, linked where it can be. */
export function reportLink({ links }: PullRequestReport): Markdown {
  return link('report', links.report ?? links.run);
}

/** An interval in brackets that no line break tears: `(2.46 to 3.29)`. */
export function bracketedInterval(low: number | null, high: number | null): Markdown {
  return inBrackets(low === null || high === null ? undefined : formatInterval(low, high));
}

/** The words of an interval in brackets that no line break tears. */
export function inBrackets(interval: string | undefined): Markdown {
  return new Markdown(`(${(interval ?? 'no interval').replaceAll(' ', '&nbsp;')})`);
}

/** At most so many UTF-16 units, in which GitHub's limits count; no character is torn. */
export function cutToUnits(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
