import type { DatasetSchema } from '../../../dataset/schema/schema.ts';
import { type Column, columnLength, columnOf, type Table } from '../../../dataset/table/table.ts';
import { ConfigurationError, quote } from '../../../platform/errors.ts';

/** What is to be predicted, by row: numbers in the target's own units, or indices into `classes`. */
export type Targets =
  | { readonly kind: 'numbers'; readonly values: Float64Array }
  | { readonly kind: 'classes'; readonly codes: Int32Array; readonly classes: readonly string[] };

/**
 * The target column of a table, as the schema's task has it.
 *
 * @throws ConfigurationError when a row's target is missing, not a number, or a label outside the schema's classes.
 */
export function targetsOf(table: Table, schema: DatasetSchema): Targets {
  const column = columnOf(table, schema.target);
  return schema.task === 'regression'
    ? { kind: 'numbers', values: numbersOf(column, schema.target) }
    : { kind: 'classes', codes: codesOf(column, schema), classes: schema.classes ?? [] };
}

/** The targets of several tables, one after the other. */
export function stackedTargets(parts: readonly Targets[]): Targets {
  const [first] = parts as [Targets];
  if (first.kind === 'numbers') {
    const values = parts.flatMap((part) => (part.kind === 'numbers' ? [...part.values] : []));
    return { kind: 'numbers', values: Float64Array.from(values) };
  }
  const codes = parts.flatMap((part) => (part.kind === 'classes' ? [...part.codes] : []));
  return { ...first, codes: Int32Array.from(codes) };
}

function numbersOf(column: Column, target: string): Float64Array {
  if (column.type !== 'number') {
    throw new ConfigurationError(
      `target: "${target}" is a column of type ${column.type}; a regression needs numbers`,
    );
  }
  const missing = column.values.findIndex((value) => !Number.isFinite(value));
  if (missing >= 0) throw missingTarget(target, missing);
  return column.values;
}

function codesOf(column: Column, schema: DatasetSchema): Int32Array {
  const codes = new Map((schema.classes ?? []).map((label, code) => [label, code]));
  const codeOf = (label: string, row: number): number => {
    const code = codes.get(label);
    if (code !== undefined) return code;
    throw new ConfigurationError(
      `target: row ${row + 1} has the label ${quote(label)} in "${schema.target}", ` +
        `which is none of the dataset's classes: ${[...codes.keys()].map(quote).join(', ')}`,
    );
  };
  const result = new Int32Array(columnLength(column));
  const known = new Map<number, number>();
  for (let row = 0; row < result.length; row++) {
    const raw = column.type === 'category' ? column.codes[row]! : column.values[row]!;
    if (Number.isNaN(raw) || (raw < 0 && column.type !== 'number')) throw missingTarget(schema.target, row);
    let code = known.get(raw);
    if (code === undefined) {
      code = codeOf(labelOf(column, raw), row);
      known.set(raw, code);
    }
    result[row] = code;
  }
  return result;
}

/** A class's label, as schema.json spells it. */
function labelOf(column: Column, raw: number): string {
  switch (column.type) {
    case 'category':
      return column.dictionary[raw]!;
    case 'boolean':
      return raw === 1 ? 'true' : 'false';
    default:
      return String(raw);
  }
}

function missingTarget(target: string, row: number): ConfigurationError {
  return new ConfigurationError(
    `target: row ${row + 1} has no value in "${target}"; a model learns and is judged only on rows that have one ` +
      '(prepare.missing-target: drop removes the others)',
  );
}
