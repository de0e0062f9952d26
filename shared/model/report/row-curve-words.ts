// Whether more rows would help, in words: for the card, the report, the comment and the terminal.
import { formatCount } from '../../text/counts.ts';
import { measuredShare } from '../../text/percent.ts';
import type { RowCurve } from './row-curve-report.ts';

/**
 * What twice the rows would be worth.
 *
 * @example `twice the training rows would lower rmse by about 1.2% (0.4% to 2%)`
 */
export function rowCurveWords({ metric, verdict, twice }: RowCurve): string {
  const { lower, interval } = twice;
  const [low, high] = interval;
  const range = `${measuredShare(low)} to ${measuredShare(high)}`;
  switch (verdict) {
    case 'helps':
      return `twice the training rows would lower ${metric} by about ${measuredShare(lower)} (${range})`;
    case 'hardly':
      return high > 0
        ? `more rows would hardly help: twice the training rows would lower ${metric} by ${atMost(high)}`
        : `more rows would not help: twice the training rows would not lower ${metric}`;
    case 'open':
      return `whether more rows would help cannot be told: twice the training rows would lower ${metric} by ${range}`;
  }
}

function atMost(share: number): string {
  return share < 0.001 ? 'less than 0.1%' : `${measuredShare(share)} at most`;
}

/** How the curve was measured, as a sentence. */
export function rowCurveMethod({ of, points, judged }: RowCurve): string {
  const rows = points.map((point) => formatCount(point.rows));
  const last = rows.pop()!;
  return `Measured by ${of.join(' and ')}, trained on ${rows.join(', ')} and ${last} rows and judged on the same ${formatCount(judged)}; the gain is that of the nearest power law, one doubling further, with its 95% interval`;
}
