import { bestPolicy } from '../../shared/report/replay/policy-summary.ts';
import { meanText } from '../../shared/report/replay/policy-words.ts';
import type { ReplayReport } from '../../shared/report/replay/replay-report.ts';
import { textTable } from '../summaries/text-table.ts';
import type { TextLayout } from '../summaries/words.ts';

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** What each policy would have cost, as a table with the metric over time. */
export function replayLines(report: ReplayReport, { style }: TextLayout): string[] {
  const { policies, metric, better, unit, periods } = report;
  const values = policies.flatMap(({ points }) => points.flatMap(({ value }) => value ?? []));
  const scale = { low: Math.min(...values), high: Math.max(...values) };
  const best = bestPolicy({ policies, better });
  const span = periods.length === 0 ? '' : `${periods[0]} to ${periods.at(-1)}`;
  const head = ['policy', `mean ${metric}`, 'retrained', 'alarms', `${metric} ${span}`];
  const rows = policies.map((policy) => [
    policy === best ? style.good(policy.name) : policy.name,
    policy.mean === null ? 'undefined' : `${meanText(report, policy.mean)}${unit ? ` ${unit}` : ''}`,
    String(policy.retrainings.filter(({ merged }) => merged).length),
    String(policy.alarms),
    policy.points.map(({ value }) => (value === null ? ' ' : barOf(value, scale))).join(''),
  ]);
  return textTable(
    [head.map((word) => style.dim(word)), ...rows],
    ['left', 'right', 'right', 'right', 'left'],
  );
}

function barOf(value: number, { low, high }: { readonly low: number; readonly high: number }): string {
  const place = high > low ? (value - low) / (high - low) : 0;
  return bars[Math.min(bars.length - 1, Math.floor(place * bars.length))]!;
}
