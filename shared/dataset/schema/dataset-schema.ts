// What a row of the dataset looks like, and records checked by it.

import { standardMarkers } from '../../config/sections/missing-markers.ts';
import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import type { Config } from '../../config/sections/schema.ts';
import type { TextSettings } from '../../config/sections/sources/text-settings.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import { counted } from '../../text/counts.ts';
import { didYouMean, listNames } from '../../text/nearest-name.ts';
import { byCodePoint, categoryCounts } from '../statistics/category-counts.ts';
import { momentsOf } from '../statistics/moments.ts';
import { publishedBounds } from '../statistics/published-bounds.ts';
import { countMissing } from '../table/missing-rows.ts';
import { type CategoryColumn, type Column, columnOf, type Table } from '../table/table.ts';
import { columnBelow } from '../table/taken-table.ts';
import { numberOfText } from '../values/number-text.ts';
import { type PositiveRules, positiveOfTarget } from './chosen-positive.ts';
import type { ColumnSchema, DatasetSchema } from './schema.ts';

const categoryLimit = 2048;
export const classLimit = 100;

/** Checks that every column that ciclo.yml names is there. @throws ConfigurationError listing all that are not. */
export function checkNames(table: Table, config: Config): void {
  checkColumnNames([...table.columns.keys()], config);
}

/** As {@link checkNames}, of columns whose rows are elsewhere. */
export function checkColumnNames(names: readonly string[], config: Config): void {
  const { data, target, features, prepare } = config;
  const key = data.key === undefined ? [] : typeof data.key === 'string' ? [data.key] : data.key;
  const personal = typeof prepare.checks.personal === 'object' ? prepare.checks.personal.allowed : [];
  const wanted: [string, string][] = [
    ['target', target],
    ...key.map((name): [string, string] => ['data.key', name]),
    ...(data.time === undefined ? [] : [['data.time', data.time] satisfies [string, string]]),
    ...(data.group === undefined ? [] : [['data.group', data.group] satisfies [string, string]]),
    ...(typeof data.sample === 'object' && data.sample.by !== undefined
      ? [['data.sample.by', data.sample.by] satisfies [string, string]]
      : []),
    ...Object.keys(features)
      .filter((name) => !Object.hasOwn(prepare.derive, name))
      .map((name): [string, string] => ['features', name]),
    ...personal.map((name): [string, string] => ['prepare.checks.personal.allowed', name]),
    ...prepare.exclude
      .filter((name) => !Object.hasOwn(prepare.derive, name))
      .map((name): [string, string] => ['prepare.exclude', name]),
  ];
  const known = new Set(names);
  const problems = wanted
    .filter(([, name]) => !known.has(name))
    .map(([path, name]) => `${path}: the data has no column ${quote(name)}${didYouMean(name, names)}`);
  if (problems.length === 0) return;
  throw new ConfigurationError([...problems, `the columns are: ${listNames(names, 50)}`].join('\n'));
}

/** What is known of the columns beside their values. */
interface ReadColumns {
  readonly key: readonly string[];
  /** How the texts of columns were read, see `typeColumns`. */
  readonly formats: ReadonlyMap<string, string>;
  /** All columns in the order of the data. */
  readonly order: readonly string[];
  /** Columns that a step of `data.steps` made or brought in, each with what did. */
  readonly made: ReadonlyMap<string, string>;
  /** Columns that only tell rows apart, of which ciclo.yml says nothing. */
  readonly hidden: ReadonlySet<string>;
  /** Columns of personal data that models may not see, whatever ciclo.yml says of them as features. */
  readonly personal: ReadonlySet<string>;
}

/**
 * What a row of the dataset looks like. Columns of `data.time`, `data.group` and an explicit `data.key` are inputs
 * of the model only when `features` declares them; excluded columns never are, nor those of personal data.
 *
 * @param table the rows kept.
 * @param train the training rows of it.
 * @throws ConfigurationError when the target cannot be learned, or ciclo.yml names a column that is not there.
 */
export function schemaOfTable(
  table: Table,
  train: Table,
  config: Config,
  frozen: ReadColumns & Omit<PositiveRules, 'config'>,
): DatasetSchema {
  const { key, formats, order, made, hidden, personal, lock, moving } = frozen;
  const classes =
    config.task === 'regression' ? undefined : classesOf(columnOf(table, config.target), config);
  const labels = columnOf(table, config.target);
  const positive =
    classes && labels.type === 'category' ? positiveOfTarget(labels, { config, lock, moving }) : undefined;
  if (classes === undefined) checkNumericTarget(columnOf(table, config.target), config.target);
  const columns = [...table.columns.keys()].map((name) =>
    columnSchema(name, train, {
      role: personal.has(name) ? 'ignored' : roleOf(name, config, hidden),
      config,
      format: formats.get(name),
      made: made.get(name),
    }),
  );
  const features = new Set(columns.filter(({ role }) => role === 'feature').map(({ name }) => name));
  const schema: DatasetSchema = {
    version: 1,
    task: config.task,
    target: config.target,
    key: [...key],
    columns,
    order: order.filter((name) => features.has(name)),
    ...(classes ? { classes } : {}),
    ...(positive === undefined ? {} : { positive }),
    ...(config.data.time === undefined ? {} : { time: config.data.time }),
    ...cellRulesOf(config),
  };
  if (
    !schema.columns.some((column) => column.role === 'feature') &&
    Object.keys(config.prepare.derive).length === 0
  ) {
    throw new ConfigurationError(
      `no feature is left: the columns are ${listNames([...table.columns.keys()])}; all of them are the target, excluded, personal data, or key, time or group that features does not declare`,
    );
  }
  return schema;
}

/** How cells of text were read, where it was not as usual. */
function cellRulesOf({ prepare, data }: Config): Pick<DatasetSchema, 'cells'> {
  const markers = prepare['missing-markers'];
  const usual = new Set(standardMarkers);
  const isUsual = new Set(markers).size === usual.size && markers.every((marker) => usual.has(marker));
  // Where steps make the rows of several sources, rows to predict are of none of them.
  const { decimal, thousands } = (data.source ?? {}) as TextSettings;
  const cells: DatasetSchema['cells'] = {
    ...(isUsual ? {} : { missing: [...markers] }),
    ...(prepare.trim ? {} : { spaces: 'kept' }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(thousands === undefined ? {} : { thousands }),
  };
  return Object.keys(cells).length === 0 ? {} : { cells };
}

function roleOf(name: string, config: Config, hidden: ReadonlySet<string>): ColumnSchema['role'] {
  const { data, target, prepare, features } = config;
  if (name === target) return 'target';
  if (prepare.exclude.includes(name)) return 'ignored';
  if (Object.hasOwn(features, name)) return 'feature';
  const key = data.key === undefined ? [] : typeof data.key === 'string' ? [data.key] : data.key;
  return hidden.has(name) || name === data.time || name === data.group || key.includes(name)
    ? 'ignored'
    : 'feature';
}

function columnSchema(
  name: string,
  train: Table,
  {
    role,
    config,
    format,
    made,
  }: {
    readonly role: ColumnSchema['role'];
    readonly config: Config;
    readonly format: string | undefined;
    readonly made: string | undefined;
  },
): ColumnSchema {
  const feature = config.features[name];
  // Values of columns that no model sees (names, keys) stay with the rows: the schema travels with the model.
  const { column, rows } = columnBelow(train, name);
  const { type } = column;
  const seen =
    role === 'ignored' ? {} : { ...seenOf(column, rows), ...allowedCategories(name, train, feature?.values) };
  return {
    name,
    type,
    role,
    nullable: feature?.missing !== 'fail',
    ...(feature?.description === undefined ? {} : { description: feature.description }),
    ...(feature?.unit === undefined ? {} : { unit: feature.unit }),
    ...(made === undefined ? {} : { made }),
    ...(feature?.range === undefined ? {} : { range: feature.range }),
    ...(format === undefined || (type !== 'date' && type !== 'number') ? {} : { format }),
    ...seen,
  };
}

function allowedCategories(
  name: string,
  train: Table,
  declared: string[] | undefined,
): { categories?: string[] } {
  if (columnBelow(train, name).column.type !== 'category') return {};
  return {
    categories: declared ?? categoriesOf(columnOf(train, name) as CategoryColumn, fewestPublishedRows),
  };
}

function seenOf(column: Column, rows: Uint32Array | undefined): { seen?: [number, number] } {
  if (column.type !== 'number' && column.type !== 'date') return {};
  const seen = publishedBounds(column.values, column.type, rows);
  return seen ? { seen } : {};
}

function categoriesOf(column: CategoryColumn, fewestRows: number): string[] {
  return categoryCounts(column)
    .categories.filter(({ count }) => count >= fewestRows)
    .slice(0, categoryLimit)
    .map(({ value }) => value);
}

function classesOf(column: Column, config: Config): string[] {
  const { target, task } = config;
  if (column.type !== 'category')
    throw new TypeError(`the target ${target} of a classifier was not read as labels`);
  const classes = categoryCounts(column)
    .categories.map(({ value }) => value)
    .sort(byCodePoint);
  if (classes.length === 0) throw missingEverywhere(target);
  if (classes.length === 1) {
    throw new ConfigurationError(
      `target: ${quote(target)} is ${quote(classes[0])} in every row: there is nothing to learn. A classifier needs rows of at least two labels: bring rows of another, or name another target`,
    );
  }
  if (task === 'binary' && classes.length !== 2) {
    throw new ConfigurationError(
      `target: ${quote(target)} has ${classes.length} different labels (${listNames(classes, 8)}); task: binary needs exactly two. Use task: multiclass, or task: regression for a number`,
    );
  }
  if (classes.length > classLimit) {
    throw new ConfigurationError(
      `target: ${quote(target)} has ${classes.length} different labels; task: multiclass takes at most ${classLimit}${classes.every((label) => !Number.isNaN(numberOfText(label))) ? '. They are numbers: use task: regression' : ': merge rare ones, or is it the wrong column?'}`,
    );
  }
  return classes;
}

function checkNumericTarget(column: Column, target: string): void {
  if (column.type !== 'number') {
    const labels = column.type === 'category' ? categoriesOf(column, 1).map((label) => quote(label)) : [];
    const such = labels.length > 0 ? ` (${listNames(labels, 3)})` : '';
    throw new ConfigurationError(
      `target: ${quote(target)} is a ${column.type}${such}; task: regression needs a number. For labels use task: binary or multiclass`,
    );
  }
  const { min, max } = momentsOf(column.values);
  if (min === null) throw missingEverywhere(target);
  if (min === max) {
    throw new ConfigurationError(
      `target: ${quote(target)} is ${min} in every row: there is nothing to learn. Bring rows with other values, or name another target`,
    );
  }
}

/**
 * Refuses a dataset when cleaning left no row of it, saying whether the target is to blame.
 *
 * @throws ConfigurationError when no row was kept.
 */
export function checkTarget(read: Table, kept: number, { target }: Config): void {
  if (kept > 0) return;
  if (countMissing(columnOf(read, target)) === read.rows) throw missingEverywhere(target);
  throw new ConfigurationError(
    `cleaning dropped all ${counted(read.rows, 'row')}: see range, values and missing: drop under features in ciclo.yml, and where ${quote(target)} is missing`,
  );
}

function missingEverywhere(target: string): ConfigurationError {
  return new ConfigurationError(
    `target: ${quote(target)} is missing in every row: is it the right column, and are prepare.missing-markers right?`,
  );
}
