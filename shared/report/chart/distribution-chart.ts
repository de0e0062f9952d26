import type { ColumnDrift } from '../../drift/report/drift-report.ts';
import { measuredShare } from '../../text/percent.ts';
import { clipText, visibleText } from '../../text/visible-text.ts';
import { html, type Markup } from '../markup/html.ts';

const width = 200;
const height = 48;
const floor = height - 1;
/** More bars than this are too thin to see. */
const mostBins = 40;

/** The shares of both sides in each bin; of very many categories the most frequent ones. */
export function shownBins({ bins }: Pick<ColumnDrift, 'bins'>, limit: number): ColumnDrift['bins'] {
  if (bins.length <= limit) return bins;
  const weight = (bin: ColumnDrift['bins'][number]) => bin.reference + bin.current;
  const fewest = bins.map(weight).toSorted((a, b) => b - a)[limit - 1]!;
  return bins.filter((bin) => weight(bin) >= fewest).slice(0, limit);
}

/** Rows of a side over all bins. */
export function binTotals({ bins }: Pick<ColumnDrift, 'bins'>): { reference: number; current: number } {
  const sum = (side: 'reference' | 'current') => bins.reduce((total, bin) => total + bin[side], 0);
  return { reference: sum('reference'), current: sum('current') };
}

/**
 * Both distributions over each other: the reference as broad pale bars, the current rows as narrow bars before them, as
 * shares of each side's rows, with the share of the tallest bar and the two ends of the axis. The numbers stand in the
 * column's details, so it is hidden from screen readers.
 *
 * @param unit of the column, written at the axis.
 * @returns undefined when a side has no value.
 */
export function distributionChart(
  column: Pick<ColumnDrift, 'bins' | 'kind'>,
  unit?: string,
): Markup | undefined {
  const totals = binTotals(column);
  if (totals.reference === 0 || totals.current === 0) return undefined;
  const bins = shownBins(column, mostBins);
  const shares = bins.map((bin) => ({
    reference: bin.reference / totals.reference,
    current: bin.current / totals.current,
  }));
  const largest = Math.max(...shares.flatMap(({ reference, current }) => [reference, current]));
  const step = Math.min(40, width / bins.length);
  const bar = (share: number, i: number, inset: number) => {
    if (share === 0) return '';
    const tall = round(Math.max(1, (share / largest) * (floor - 2)));
    const wide = round(step * (1 - 2 * inset));
    return `M${round(i * step + step * inset)} ${floor}v${-tall}h${wide}v${tall}z`;
  };
  return html`<span class="histogram" aria-hidden="true"><span class="tallest">${measuredShare(largest)}</span><svg class="distribution" viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false"><path class="before" d="${shares.map(({ reference }, i) => bar(reference, i, 0.04))}"/><path class="now" d="${shares.map(({ current }, i) => bar(current, i, 0.28))}"/><path class="zero" d="M0 ${floor}H${round(step * bins.length)}"/></svg>${axis(column.kind, bins, unit)}</span>`;
}

/** What stands at the ends of the axis: of categories nothing but how many there are, because they have no order. */
function axis(kind: ColumnDrift['kind'], bins: ColumnDrift['bins'], unit: string | undefined): Markup {
  const [first, last] = [bins[0]!.label, bins.at(-1)!.label];
  if (kind === 'category' || kind === 'boolean') {
    return html`<span class="axis"><span>${bins
      .map(({ label }) => clipText(visibleText(label), 12))
      .slice(0, 3)
      .join(', ')}${bins.length > 3 && ', …'}</span></span>`;
  }
  const of = unit === undefined ? '' : ` ${visibleText(unit)}`;
  if (first === last) return html`<span class="axis"><span>${first}${of}</span></span>`;
  return html`<span class="axis"><span>${first}</span><span>${last === 'all others' ? last : `${last}${of}`}</span></span>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
