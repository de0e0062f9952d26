import { type RollupConfig, type RollupKind, rollupOf } from '../config/sections/steps-section.ts';
import type { Column, ColumnType } from '../dataset/table/table.ts';
import { type StepSite, stepError } from './step-site.ts';
import { type StepTypes, typedColumn } from './step-types.ts';
import type { WorkTable } from './work-table.ts';

/** One new column of a group: what is computed, and of which values. */
export interface RollupColumn {
  readonly name: string;
  readonly kind: RollupKind;
  /** Absent of a count. */
  readonly column?: Column;
}

const withOrder: ReadonlySet<ColumnType> = new Set(['number', 'date']);
const withAmount: ReadonlySet<ColumnType> = new Set(['number', 'boolean']);

/** The columns that a group makes. @throws ConfigurationError for a sum of texts and the like. */
export function rollupColumns(
  site: StepSite,
  table: WorkTable,
  rollups: Readonly<Record<string, RollupConfig>>,
  types: StepTypes,
): RollupColumn[] {
  return Object.entries(rollups).map(([name, rollup]) => {
    const { kind, column: of } = rollupOf(rollup);
    if (of === undefined) return { name, kind };
    const { column } = typedColumn(site, table, of, types);
    if ((kind === 'sum' || kind === 'mean') && !withAmount.has(column.type)) {
      throw stepError(
        site,
        `rollup.${name}: ${table.name}.${of} is a ${column.type}, which has no ${kind}; a number has`,
      );
    }
    if ((kind === 'min' || kind === 'max') && !withOrder.has(column.type)) {
      throw stepError(
        site,
        `rollup.${name}: ${table.name}.${of} is a ${column.type}; ${kind} is of numbers or dates`,
      );
    }
    return { name, kind, column };
  });
}

/** A column's values as numbers, equal where the values are; NaN is missing. */
export function rollupValues(column: Column): Float64Array {
  if (column.type === 'category')
    return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : code));
  if (column.type === 'boolean')
    return Float64Array.from(column.values, (value) => (value < 0 ? Number.NaN : value));
  return column.values;
}

/** What was computed as a column: the smallest date is a date. */
export function rolledColumn({ kind, column }: RollupColumn, values: Float64Array): Column {
  return column?.type === 'date' && (kind === 'min' || kind === 'max')
    ? { type: 'date', values }
    : { type: 'number', values };
}
