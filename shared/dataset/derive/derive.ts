// Derived columns: arquero's expressions, parsed and compiled here (docs/adr/0004-derived-columns.md).

import type { Config } from '../../config/sections/schema.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { Numbering } from '../../platform/numbering.ts';
import { type DatasetSchema, featureColumns } from '../schema/schema.ts';
import { type Column, columnOf, type Table } from '../table/table.ts';
import { type DerivedColumn, type DerivePlan, frameOf, planDerivations, runDerived } from './derive-plan.ts';
import type { ExpressionFrame } from './derive-values.ts';

function refusalIn(schema: DatasetSchema): (name: string) => string | undefined {
  return (name) => {
    const column = schema.columns.find((candidate) => candidate.name === name);
    if (name === schema.target || column?.role === 'target') {
      return `${name} is the target; a column derived from it would give the answer away`;
    }
    if (column?.role !== 'ignored') return undefined;
    return `${name} is not a feature (it is excluded, the time of the row, or personal data), so rows to predict need not have it; make it a feature to use it`;
  };
}

/** Keys that say how values are cleaned, which happens before anything is derived. */
function checkDeclaration(name: string, config: Config): void {
  const declared = config.features[name];
  const missing = declared?.missing;
  const key = declared?.range ? 'range' : declared?.values ? 'values' : undefined;
  if (key) {
    throw new ConfigurationError(
      `features.${name}.${key}: ${name} is derived, after rows were cleaned; limit the columns it is derived from`,
    );
  }
  if (missing === 'drop' || missing === 'fail') {
    throw new ConfigurationError(
      `features.${name}.missing: ${name} is derived, after rows were cleaned, so "${missing}" cannot be; set it on the columns it is derived from`,
    );
  }
}

/**
 * Compiles `prepare.derive` over a dataset's features.
 *
 * @throws ConfigurationError with the key, the place in the expression and what would be right.
 */
export function planDerived(schema: DatasetSchema, config: Config): DerivePlan {
  const derivations = Object.entries(config.prepare.derive).map(([name, expression]) => {
    checkDeclaration(name, config);
    return { name, expression, type: config.features[name]?.type };
  });
  return planDerivations(
    featureColumns(schema),
    derivations,
    (name) => `prepare.derive.${name}`,
    refusalIn(schema),
  );
}

/** Moves one row's value of a column into the frame. */
function frameFiller(column: Column, slot: number, frame: ExpressionFrame): (row: number) => void {
  const { numbers, texts } = frame;
  switch (column.type) {
    case 'category': {
      const { codes, dictionary } = column;
      return (row) => {
        const code = codes[row]!;
        texts[slot] = code < 0 ? null : dictionary[code]!;
      };
    }
    case 'boolean': {
      const { values } = column;
      return (row) => {
        const value = values[row]!;
        numbers[slot] = value < 0 ? Number.NaN : value;
      };
    }
    default: {
      const { values } = column;
      return (row) => {
        numbers[slot] = values[row]!;
      };
    }
  }
}

/** An empty column of the derived type, and what stores the frame's value in it. */
function collector(
  derived: DerivedColumn,
  rows: number,
  frame: ExpressionFrame,
): [Column, (row: number) => void] {
  const { type, slot } = derived;
  if (type === 'category') {
    const codes = new Int32Array(rows);
    const known = new Numbering<string>();
    const store = (row: number): void => {
      const text = frame.texts[slot]!;
      codes[row] = text === null ? -1 : known.of(text);
    };
    return [{ type, codes, dictionary: known.values }, store];
  }
  if (type === 'boolean') {
    const values = new Int8Array(rows);
    const store = (row: number): void => {
      const value = frame.numbers[slot]!;
      values[row] = Number.isNaN(value) ? -1 : value;
    };
    return [{ type, values }, store];
  }
  const values = new Float64Array(rows);
  const store = (row: number): void => {
    values[row] = frame.numbers[slot]!;
  };
  return [{ type, values }, store];
}

/** The table with its derived columns added, computed by the same functions as for a single row. */
export function deriveColumns(table: Table, plan: DerivePlan): Table {
  if (plan.derived.length === 0) return table;
  const columns = new Map(table.columns);
  const frame = frameOf(plan);
  for (const derived of plan.derived) {
    const fillers = derived.reads.map((slot) =>
      frameFiller(columnOf({ rows: table.rows, columns }, plan.slots[slot]!.name), slot, frame),
    );
    const [column, store] = collector(derived, table.rows, frame);
    for (let row = 0; row < table.rows; row++) {
      for (let f = 0; f < fillers.length; f++) fillers[f]!(row);
      runDerived(derived, frame);
      store(row);
    }
    columns.set(derived.name, column);
  }
  return { rows: table.rows, columns };
}
