import { type Config, type ConfigInput, configSchema } from '../../config/sections/schema.ts';
import { plainInputs } from '../../config/testing/plain-inputs.ts';
import type { ColumnSchema, DatasetSchema } from '../schema/schema.ts';
import { type Column, columnLength, type Table } from '../table/table.ts';

/** A configuration for tests: a regression of `y` with the given features and preparation, its inputs plain. */
export function configWith(parts: Pick<ConfigInput, 'features' | 'prepare'> = {}): Config {
  return configSchema.parse({
    task: 'regression',
    target: 'y',
    data: { source: { type: 'file', path: 'rows.csv' } },
    ...parts,
    prepare: { ...plainInputs, ...parts.prepare },
  });
}

/** A schema for tests: every column of the table is a nullable feature, `y` the target; overrides by name. */
export function schemaOf(table: Table, overrides: Record<string, Partial<ColumnSchema>> = {}): DatasetSchema {
  return {
    version: 1,
    task: 'regression',
    target: 'y',
    key: [...table.columns.keys()],
    columns: [...table.columns].map(([name, { type }]) => ({
      name,
      type,
      role: name === 'y' ? 'target' : 'feature',
      nullable: true,
      ...overrides[name],
    })),
  };
}

/** Numbers; null is missing. */
export function numbers(values: readonly (number | null)[]): Column {
  return { type: 'number', values: Float64Array.from(values, (value) => value ?? Number.NaN) };
}

/** Each row of a column five times, so that no value is too rare to be published. */
export function fiveTimes(column: Column): Column {
  const rows = Array.from({ length: columnLength(column) * 5 }, (_, row) => Math.floor(row / 5));
  if (column.type === 'category') {
    return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]!) };
  }
  if (column.type === 'boolean') {
    return { ...column, values: Int8Array.from(rows, (row) => column.values[row]!) };
  }
  return { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) };
}

/** Dates from ISO texts; null is missing. */
export function dates(values: readonly (string | null)[]): Column {
  return {
    type: 'date',
    values: Float64Array.from(values, (value) => (value === null ? Number.NaN : Date.parse(value))),
  };
}

/** Categories; null is missing. */
export function categories(values: readonly (string | null)[]): Column {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  const codes = Int32Array.from(values, (value) => (value === null ? -1 : dictionary.indexOf(value)));
  return { type: 'category', codes, dictionary };
}

/** Booleans; null is missing. */
export function booleans(values: readonly (boolean | null)[]): Column {
  return {
    type: 'boolean',
    values: Int8Array.from(values, (value) => (value === null ? -1 : Number(value))),
  };
}
