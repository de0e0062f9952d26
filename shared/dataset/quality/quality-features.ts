import type { FeatureConfig } from '../../config/sections/features-section.ts';
import { formatCount } from '../../text/counts.ts';
import { type DatasetSchema, featureColumns } from '../schema/schema.ts';
import type { Column, Table } from '../table/table.ts';
import { takeFew } from '../table/taken-table.ts';
import type { CheckedDataset } from './checked-dataset.ts';
import { evenRows } from './even-rows.ts';
import { powerTarget, predictivePower } from './leakage.ts';
import type { QualityCheck } from './quality-report.ts';
import { summarise } from './quality-shares.ts';

/** Above this a single feature predicts the target suspiciously well. */
export const leakageBound = 0.99;
/** More training rows say nothing more about an almost perfect feature. */
const leakageRows = 50_000;
/** Categories beyond this many are worth a word. */
const manyCategories = 1000;

/** Features that have one value only. */
export function constantChecks({ schema, columns }: CheckedDataset, level: 'warn' | 'fail'): QualityCheck[] {
  const features = new Set(featureColumns(schema).map((column) => column.name));
  const constant = columns.filter(({ name, distinct }) => features.has(name) && distinct <= 1);
  if (constant.length === 0) {
    const message = 'every feature has at least two values';
    return [{ check: 'constant', status: 'pass', measured: 0, allowed: 0, message }];
  }
  return constant.map(({ name, distinct }) => ({
    check: 'constant',
    column: name,
    status: level,
    measured: distinct,
    allowed: 2,
    message: `${name} ${distinct === 0 ? 'has no value at all' : 'has one value only'}: it cannot help a model; prepare.exclude leaves it out`,
  }));
}

/** Whether a single feature predicts the target of the training rows almost perfectly, see `predictivePower`. */
export function leakageChecks({ train, schema }: CheckedDataset, level: 'warn' | 'fail'): QualityCheck[] {
  const results = featurePowers(train, schema).map(({ name, power: measured }): QualityCheck => {
    const leaks = measured > leakageBound;
    return {
      check: 'leakage',
      column: name,
      status: leaks ? level : 'pass',
      measured,
      allowed: leakageBound,
      message: leaks
        ? `${name} alone predicts ${schema.target} almost perfectly: is it known before ${schema.target} is? If not, prepare.exclude it`
        : `${name} alone does not give ${schema.target} away`,
    };
  });
  return summarise(results, `no feature alone gives ${schema.target} away`);
}

/** How well each feature by itself predicts the target, see `predictivePower`. */
export function featurePowers(train: Table, schema: DatasetSchema): { name: string; power: number }[] {
  const rows = evenRows(train.rows, leakageRows);
  const targets = targetValues(takeFew(train, schema.target, rows), schema);
  const target = powerTarget(targets, schema.classes?.length);
  return featureColumns(schema).map(({ name }) => ({
    name,
    power: predictivePower(takeFew(train, name, rows), target),
  }));
}

function targetValues(taken: Column, schema: DatasetSchema): Float64Array | Int32Array {
  if (taken.type !== 'category') return Float64Array.from(taken.values);
  const index = new Map(schema.classes?.map((label, code) => [label, code]));
  const codes = taken.dictionary.map((label) => index.get(label) ?? -1);
  return taken.codes.map((code) => codes[code] ?? -1);
}

/** What the recipe does to very many texts. */
const encodings: Readonly<Partial<Record<FeatureConfig['encode'], string>>> = {
  'one-hot': 'cuts to the most frequent',
  ordinal: 'numbers in their order',
};

/** Texts with very many values. */
export function manyCategoriesChecks({ schema, config, columns }: CheckedDataset): QualityCheck[] {
  const features = new Set(featureColumns(schema).map((column) => column.name));
  return columns
    .filter(
      ({ name, type, distinct }) => features.has(name) && type === 'category' && distinct > manyCategories,
    )
    .map(({ name, distinct }) => ({
      check: 'many-categories',
      column: name,
      status: 'warn' as const,
      measured: distinct,
      allowed: manyCategories,
      message: `${name} has ${formatCount(distinct)} different texts, which the recipe ${encodings[config.features[name]?.encode ?? 'auto'] ?? 'hashes into buckets'}: is it an identifier? prepare.exclude leaves it out`,
    }));
}
