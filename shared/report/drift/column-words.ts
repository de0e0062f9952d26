import type {
  ColumnDrift,
  ColumnTest,
  DriftReport,
  Effect,
  StructuralFinding,
} from '../../drift/report/drift-report.ts';
import { columnNumber } from '../../text/column-number.ts';
import { formatChance, formatNumber } from '../../text/number-format.ts';
import { measuredShare } from '../../text/percent.ts';
import { clipText, visibleText } from '../../text/visible-text.ts';

const effectNames: Readonly<Record<Effect['name'], string>> = {
  'wasserstein-normalised': 'mean shift of the values (Wasserstein)',
  ks: 'largest gap of the distributions (KS)',
  'jensen-shannon-distance': 'Jensen-Shannon distance',
  'total-variation': 'share of rows that moved (total variation)',
  'missing-share': 'change of the share of missing values',
};

const shortEffectNames: Readonly<Record<Effect['name'], string>> = {
  'wasserstein-normalised': 'Wasserstein',
  ks: 'KS gap',
  'jensen-shannon-distance': 'Jensen-Shannon',
  'total-variation': 'total variation',
  'missing-share': 'missing values',
};

const outcomeWords: Readonly<Record<ColumnDrift['outcome'], string>> = {
  compared: 'no drift',
  empty: 'empty',
  constant: 'constant',
  'all-missing': 'all values missing',
  vanished: 'column is gone',
  'new-column': 'new column',
  'type-changed': 'type changed',
  'too-many-categories': 'too many categories',
  'cannot-be-compared': 'cannot be compared',
  'no-labels': 'no labels yet',
};

const testNames: Readonly<Record<ColumnTest['test'], string>> = {
  ks: 'Kolmogorov-Smirnov',
  'chi-squared': 'chi-squared',
  'two-proportion': 'two proportions',
};

const changeWords: Readonly<Record<StructuralFinding['change'], string>> = {
  unit: 'unit changed',
  constant: 'constant',
  apart: 'ranges apart',
  missing: 'values missing',
  'new-categories': 'new categories',
};

/** What a column came to, in a word or two. */
export function columnOutcomeWords(column: ColumnDrift): string {
  const change = column.structural.find(({ drifted }) => drifted);
  if (change) return changeWords[change.change];
  return column.drifted && column.outcome === 'compared' ? 'drifted' : outcomeWords[column.outcome];
}

/** `Kolmogorov-Smirnov, exact`. */
export function testWords({ test, method }: ColumnTest): string {
  return `${testNames[test]}, ${method === 'permutation' ? 'by permutation' : method}`;
}

/** An effect's name, at length or short. */
export function effectName({ name }: Effect, length: 'long' | 'short'): string {
  return length === 'long' ? effectNames[name] : shortEffectNames[name];
}

/** The test that says most about a column: one that found drift, or the one with the smallest adjusted p-value. */
export function decidingTest({ tests }: ColumnDrift): ColumnTest | undefined {
  return tests.toSorted(
    (a, b) => Number(b.drifted) - Number(a.drifted) || a['adjusted-p'] - b['adjusted-p'],
  )[0];
}

/** The effect that lies highest over its floor. */
export function decidingEffect(column: ColumnDrift): Effect | undefined {
  return decidingTest(column)?.effects.toSorted((a, b) => b.value / b.floor - a.value / a.floor)[0];
}

/** A p-value where one may be missing. */
export function chanceCell(p: number | null): string {
  return p === null ? '–' : formatChance(p);
}

/** The smallest detectable change: `0.31 standard deviations`, `12% of the rows`. */
export function detectableWords(column: ColumnDrift): string {
  const shift = column['detectable-shift'];
  if (shift === null) return column.outcome === 'compared' ? 'none: too few rows' : '–';
  // Of few distinct values every shift moves all rows, however small it is.
  if (shift < 1e-6) return 'any shift';
  return column['shift-unit'] === 'standard-deviations'
    ? `${formatNumber(shift, { digits: 2 })} standard deviations`
    : `${measuredShare(shift)} of the rows`;
}

/** Each column's share of the features' weight; all the same where the model gives none. */
export function weightShares(columns: readonly ColumnDrift[]): ReadonlyMap<ColumnDrift, number> {
  const features = columns.filter(({ role, outcome }) => role === 'feature' && outcome !== 'new-column');
  const total = features.reduce((sum, { weight }) => sum + weight, 0);
  return new Map(features.map((column) => [column, total > 0 ? column.weight / total : 1 / features.length]));
}

/** Of medians. */
const shownDigits = 3;

/**
 * Which way a column moved: `fell 118 → 85 hp` by its medians; of categories the one whose share changed most,
 * `Japan 13% → 27%`. Undefined where nothing can be said.
 *
 * @param unit of the column.
 */
export function directionWords(column: ColumnDrift, unit?: string): string | undefined {
  const { medians, kind } = column;
  if (kind === 'category' || kind === 'boolean') return largestMove(column);
  if (!medians || medians.reference === medians.current) return undefined;
  const shown = (value: number): string =>
    kind === 'date'
      ? new Date(value).toISOString().slice(0, 10)
      : columnNumber(value, { among: [medians.reference, medians.current], unit }, { digits: shownDigits });
  const [before, now] = [shown(medians.reference), shown(medians.current)];
  if (before === now) return undefined;
  const way = kind === 'date' ? 'moved' : medians.current < medians.reference ? 'fell' : 'rose';
  return `${way} ${before} → ${now}${unit === undefined ? '' : `\u00a0${visibleText(unit)}`}`;
}

function largestMove({ bins }: ColumnDrift): string | undefined {
  const rows = (side: 'reference' | 'current') => bins.reduce((sum, bin) => sum + bin[side], 0);
  const all = { reference: rows('reference'), current: rows('current') };
  if (all.reference === 0 || all.current === 0) return undefined;
  const moves = bins.map(({ label, reference, current }) => ({
    label,
    before: reference / all.reference,
    now: current / all.current,
  }));
  const largest = moves.toSorted((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before))[0]!;
  const [before, now] = [measuredShare(largest.before), measuredShare(largest.now)];
  return before === now ? undefined : `${clipText(visibleText(largest.label), 30)} ${before} → ${now}`;
}

/** The columns by what they matter to the model: drifted first, then weight times effect over its floor. */
export function rankedColumns({ columns }: Pick<DriftReport, 'columns'>): ColumnDrift[] {
  const shares = weightShares(columns);
  const matter = (column: ColumnDrift): number => {
    const effect = decidingEffect(column);
    return (shares.get(column) ?? 0) * (effect ? effect.value / effect.floor : 0);
  };
  return columns.toSorted((a, b) => Number(b.drifted) - Number(a.drifted) || matter(b) - matter(a));
}
