import { counted } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { dataChangesBlocks, worthSeeing } from './data-changes.ts';
import { blocks, details, type Markdown } from './markdown.ts';
import type { PullRequestReport } from './pull-request-report.ts';
import { qualityBlocks, worryingWords } from './quality.ts';

/** Data changes against the champion's data, and what preparing found, to be opened. @param limit of each list. */
export function dataDetails(report: PullRequestReport, limit: number): Markdown | undefined {
  const body = [...dataChangesBlocks(report, limit), ...qualityBlocks(report, limit)];
  if (!blocks(body)) return undefined;
  const summary = [dataWords(report), worryingWords(report.quality)].filter((words) => words !== undefined);
  return details(['Data', ...summary].join(summary.length > 0 ? ' · ' : ''), body);
}

function dataWords({ data, quality }: PullRequestReport): string | undefined {
  if (!data) return quality && counted(quality.rows.train, 'training row');
  const change = data.rows.after - data.rows.before;
  const rows = change === 0 ? 'as many rows' : `${formatNumber(change, { sign: true })} training rows`;
  const columns = worthSeeing(data).length;
  return `${rows}, ${columns === 0 ? 'no column' : counted(columns, 'column')} changed`;
}
