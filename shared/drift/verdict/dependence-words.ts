import { formatCount } from '../../text/counts.ts';
import type { DependenceOfSides, RowDependence } from '../dependence/row-dependence.ts';
import type { ColumnDrift, DriftReport } from '../report/drift-report.ts';

type Dependence = NonNullable<DriftReport['dependence']>;

/** Effective rows of a side, as a share of its rows, below which it is told. */
const told = 0.9;
/** Fewer effective rows are too few to know how alike rows are: the rate may not hold. */
const fewestEffective = 5;

interface Counted {
  readonly name: string;
  readonly effective: { readonly reference: number; readonly current: number };
  readonly rows: { readonly reference: number; readonly current: number };
}

function countedColumns(columns: readonly ColumnDrift[]): Counted[] {
  return columns.flatMap(({ name, role, reference, current, 'effective-rows': effective }) =>
    effective
      ? [
          {
            name: role === 'prediction' ? 'the predictions' : name,
            effective,
            rows: { reference: reference.rows - reference.missing, current: current.rows - current.missing },
          },
        ]
      : [],
  );
}

const shareOf = ({ effective, rows }: Counted, side: 'reference' | 'current'): number =>
  rows[side] === 0 ? 1 : effective[side] / rows[side];

function alikeWords({ reference, current }: DependenceOfSides): string {
  const known = current.of === 'unknown' ? reference : current;
  if (known.of === 'group') return `rows of the same ${known.name} are alike`;
  return `rows near each other by ${known.of === 'time' ? known.name : 'time'} are alike`;
}

function unknownWords(side: string, dependence: RowDependence): string[] {
  return dependence.of === 'unknown' ? [`${side}: ${dependence.why}`] : [];
}

/** Why dependence is not known; once where the reason is the same on both sides. */
function whyWords({ reference, current }: DependenceOfSides, unknown: readonly string[]): string {
  if (reference.of === 'unknown' && current.of === 'unknown' && reference.why === current.why) {
    return ` (${reference.why})`;
  }
  return unknown.length > 0 ? ` (${unknown.join('; ')})` : '';
}

/** What is known of the dependence of the rows, from that of the columns; undefined where nobody looked. */
export function dependenceOfTable(
  columns: readonly ColumnDrift[],
  sides: DependenceOfSides | undefined,
): Dependence | undefined {
  if (!sides) return undefined;
  const unknown = [
    ...unknownWords('the reference', sides.reference),
    ...unknownWords('the current rows', sides.current),
  ];
  const counted = countedColumns(columns);
  if (counted.length === 0) {
    return {
      measured: false,
      handled: false,
      words: `dependence between rows was not measured${whyWords(sides, unknown)}`,
    };
  }
  const assumed =
    unknown.length > 0
      ? `; not measured on one side (${unknown.join('; ')}), assumed to be the same as on the other`
      : '';
  const alike = counted.filter((one) => Math.min(shareOf(one, 'current'), shareOf(one, 'reference')) < told);
  if (alike.length === 0) {
    return { measured: true, handled: true, words: `rows are practically independent${assumed}` };
  }
  const sorted = alike.toSorted((a, b) => shareOf(a, 'current') - shareOf(b, 'current'));
  const middle = sorted[Math.floor((sorted.length - 1) / 2)]!;
  const few = Math.min(middle.effective.reference, middle.effective.current) < fewestEffective;
  const effective = {
    reference: Math.round(middle.effective.reference),
    current: Math.round(middle.effective.current),
  };
  const others = alike.length > 1 ? `, the median of ${formatCount(alike.length)} such columns` : '';
  return {
    measured: true,
    handled: !few,
    'effective-rows': effective,
    column: middle.name,
    words: `effective sample size: ${formatCount(effective.current)} of ${formatCount(middle.rows.current)} rows (${middle.name}${others}), because ${alikeWords(sides)}${assumed}`,
  };
}
