import type { NumberProfile } from '../../dataset/profile/profile-schema.ts';
import { columnNumber } from '../../text/column-number.ts';
import { shortNumber } from '../../text/number-format.ts';
import type { ColumnDrift } from '../report/drift-report.ts';
import type { BinnedPair } from '../samples/bins.ts';
import { isShown } from './evidence.ts';

/** A date as short as it can be written: `1976-01-17`, `1976-01-17T12:00Z`. */
export function dateLabel(value: number): string {
  return new Date(value)
    .toISOString()
    .replace(/T00:00:00\.000Z$/, '')
    .replace(/:00\.000Z$/, 'Z');
}

/** Writes values of a column: numbers in three digits, and all before the point of those below a million. */
function labelsOf({ edges }: BinnedPair, type: NumberProfile['type']): (value: number) => string {
  if (type === 'date') return dateLabel;
  const among = edges.flatMap(({ from, to }) => [from, to]).filter(Number.isFinite);
  return (value) =>
    Math.abs(value) < 1e6 ? columnNumber(value, { among }, { digits: 3 }) : shortNumber(value);
}

/** Values that one side has in at least five rows, each; the others together. */
function valuesIn(bins: BinnedPair, type: NumberProfile['type']): ColumnDrift['bins'] {
  const label = labelsOf(bins, type);
  const all = bins.edges.map(({ from }, i) => ({
    label: label(from),
    reference: bins.reference[i]!,
    current: bins.current[i]!,
  }));
  const rest = all
    .filter((bin) => !isShown(bin))
    .reduce(
      (sum, bin) => ({ reference: sum.reference + bin.reference, current: sum.current + bin.current }),
      { reference: 0, current: 0 },
    );
  const shown = all.filter(isShown);
  return shown.length === all.length ? shown : [...shown, { label: 'all others', ...rest }];
}

/** The report's bins of a column of numbers or dates. */
export function binsIn(bins: BinnedPair, type: NumberProfile['type']): ColumnDrift['bins'] {
  if (bins.kind === 'values') return valuesIn(bins, type);
  const last = bins.edges.length - 1;
  const write = labelsOf(bins, type);
  return bins.edges.map(({ from, to }, i) => {
    const [start, end] = [write(from), write(to)];
    const inner = start === end ? start : `${start} to ${end}`;
    const label = last === 0 ? 'all' : i === 0 ? `to ${end}` : i === last ? `from ${start}` : inner;
    return { label, reference: bins.reference[i]!, current: bins.current[i]! };
  });
}
