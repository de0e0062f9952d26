import { type Ordering, orderingOf, rankCorrelation } from '../../algebra/rank-correlation.ts';
import { positiveClass } from '../schema/positive-class.ts';
import { type DatasetSchema, featureColumns } from '../schema/schema.ts';
import { type Column, columnLength, valueAt } from '../table/table.ts';
import { takeFew } from '../table/taken-table.ts';
import type { CheckedDataset } from './checked-dataset.ts';
import { evenRows } from './even-rows.ts';
import { nearDuplicate, type QualityReport } from './quality-report.ts';

/** More rows move a correlation of 0.9 by less than 0.003, its standard error on these. */
const mostRows = 5000;
/** The pairs of so many features are looked at: 1,225 of them. */
const mostCompared = 50;
/** Pairs that are kept. */
const mostPairs = 50;
/** Fewer rows say nothing. */
const fewestRows = 20;

type Correlations = QualityReport['correlations'];

interface OrderedFeature {
  readonly name: string;
  readonly ordering: Ordering;
}

/**
 * Spearman's rank correlations of the training rows, between features that have an order (numbers, dates, booleans) and
 * of each with the target: see {@link QualityReport}. Correlations of fewer than 20 rows, or of a column with a single value,
 * are left out.
 */
export function rankCorrelations({ train, schema }: Pick<CheckedDataset, 'train' | 'schema'>): Correlations {
  const rows = evenRows(train.rows, mostRows);
  const taken = (name: string): Column => takeFew(train, name, rows);
  const features = featureColumns(schema)
    .filter(({ type }) => type !== 'category')
    .map(({ name }) => ({ name, ordering: orderingOf(numbersOf(taken(name))) }));
  const target = targetCorrelations(features, taken(schema.target), schema);
  const compared = target ? mostTelling(features, target) : features.slice(0, mostCompared);
  const pairs = pairsOf(compared);
  return {
    rows: rows.length,
    features: features.length,
    compared: compared.length,
    ...(target ? { target } : {}),
    nearDuplicates: pairs.filter(({ rho }) => Math.abs(rho) >= nearDuplicate).length,
    pairs: pairs.slice(0, mostPairs),
  };
}

/** Undefined for several classes, which have no order. */
function targetCorrelations(
  features: readonly OrderedFeature[],
  column: Column,
  schema: DatasetSchema,
): Correlations['target'] {
  if (schema.task === 'multiclass') return undefined;
  const target = orderingOf(
    schema.task === 'binary' ? positives(column, positiveClass(schema)) : numbersOf(column),
  );
  return features
    .map(({ name, ordering }) => ({ feature: name, ...rankCorrelation(ordering, target) }))
    .filter(isMeasured)
    .sort(byStrength);
}

/** Those that go with the target the most, in their own order. */
function mostTelling(
  features: readonly OrderedFeature[],
  target: NonNullable<Correlations['target']>,
): OrderedFeature[] {
  const names = new Set(target.slice(0, mostCompared).map(({ feature }) => feature));
  return features.filter(({ name }) => names.has(name));
}

function pairsOf(features: readonly OrderedFeature[]): Correlations['pairs'] {
  return features
    .flatMap((a, i) =>
      features.slice(i + 1).map((b) => ({
        features: [a.name, b.name] as [string, string],
        ...rankCorrelation(a.ordering, b.ordering),
      })),
    )
    .filter(isMeasured)
    .sort(byStrength);
}

function isMeasured({ rows, rho }: { readonly rows: number; readonly rho: number }): boolean {
  return rows >= fewestRows && !Number.isNaN(rho);
}

function byStrength(a: { readonly rho: number }, b: { readonly rho: number }): number {
  return Math.abs(b.rho) - Math.abs(a.rho);
}

/** Values as numbers, NaN where missing; categories have none. */
function numbersOf(column: Column): Float64Array {
  if (column.type === 'category') return new Float64Array(column.codes.length).fill(Number.NaN);
  if (column.type !== 'boolean') return column.values;
  return Float64Array.from(column.values, (value) => (value < 0 ? Number.NaN : value));
}

/** 1 for the positive class, 0 for the other. */
function positives(column: Column, positive: string | undefined): Float64Array {
  return Float64Array.from({ length: columnLength(column) }, (_, row) => {
    const value = valueAt(column, row);
    return value === null ? Number.NaN : Number(String(value) === positive);
  });
}
