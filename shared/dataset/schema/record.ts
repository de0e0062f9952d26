import { quote } from '../../platform/errors.ts';
import { didYouMean, listNames } from '../../text/nearest-name.ts';
import { isIndexName } from '../table/index-name.ts';
import { type Column, type Row, type Table, tableOf, type Value } from '../table/table.ts';
import { markerNumbers } from '../values/marker-numbers.ts';
import { fieldReader } from './record-field.ts';
import { type ColumnSchema, type DatasetSchema, featureColumns } from './schema.ts';

/** What is wrong, or only unusual, with one field of one record. */
export interface RecordProblem {
  /** The record's index, from 0, as it was given. */
  readonly row: number;
  /** Null when the record as a whole is meant. */
  readonly field: string | null;
  /** What was found; undefined when there was nothing. */
  readonly value: unknown;
  /** What would be right: `a number from 46 to 230`. */
  readonly allowed: string;
  /** A whole sentence with the field, the value and what would be right. */
  readonly message: string;
}

/** A record as a row, or what is wrong with it. */
export interface ParsedRecord {
  /** Every feature by name; absent when there are problems. */
  readonly row?: Row;
  readonly problems: RecordProblem[];
  /** Values that training hardly or never saw: the prediction is made, and may be worth less. */
  readonly warnings: RecordProblem[];
}

export interface RecordOptions {
  /** For records from CSV: reads numbers, booleans and dates (in their declared format) from texts, an empty text as missing. */
  readonly coerce?: boolean;
  /** Columns that the schema does not know and that records may have all the same. */
  readonly others?: readonly string[];
  /** Features that training rows hardly ever lacked: where one is missing, there is a warning. Default: none is known. */
  readonly present?: ReadonlySet<string>;
  /** Problems of a record after which no more are looked for. Default: all are found. */
  readonly mostProblems?: number;
}

function problem(
  row: number,
  field: string | null,
  value: unknown,
  allowed: string,
  what: string,
): RecordProblem {
  const message = field === null ? `record ${row}: ${what}` : `record ${row}, ${field}: ${what}`;
  return { row, field, value, allowed, message };
}

/**
 * Makes a parser of records for a schema; it can be used for any number of them.
 *
 * A record is an object with every feature; null says that a value is missing. Columns that models do not see
 * (the target, the time, excluded ones) may be there and are dropped, and so may the index of a table, which has no name or the one
 * that pandas gives it; any other field is a problem, since it may be a misspelt feature. Dates are ISO 8601 texts (UTC unless they say otherwise) or milliseconds since 1970.
 */
export function recordParser(
  schema: DatasetSchema,
  options: RecordOptions = {},
): (value: unknown, index: number) => ParsedRecord {
  const features = featureColumns(schema);
  const names = features.map(({ name }) => name);
  const keepsSpaces = schema.cells?.spaces === 'kept';
  const markers = markerNumbers(schema.cells?.missing ?? []);
  const readers = features.map((column) => ({
    name: column.name,
    read: fieldReader(column, {
      ...{ coerce: options.coerce ?? false, keepsSpaces, markers },
      isPresent: options.present?.has(column.name) ?? false,
      grows: column.name === schema.time,
    }),
  }));
  // A column may be called anything; only an object without a prototype can have one called __proto__.
  const emptyRow = names.includes('__proto__')
    ? (): Record<string, Value> => Object.create(null)
    : (): Record<string, Value> => ({});
  const known = new Set([...schema.columns.map(({ name }) => name), ...(options.others ?? [])]);

  const most = options.mostProblems ?? Number.POSITIVE_INFINITY;

  function unknownField(field: string, value: unknown, index: number): RecordProblem {
    const hint = didYouMean(field, names) || `; the features are ${listNames(names)}`;
    return problem(index, field, value, `one of ${listNames(names)}`, `there is no such feature${hint}`);
  }

  return (value, index) => {
    const problems: RecordProblem[] = [];
    const warnings: RecordProblem[] = [];
    if (!isObject(value)) {
      const what = `${quote(value)} is not an object; write { "${names[0] ?? 'feature'}": … }`;
      problems.push(problem(index, null, value, 'an object with a value for each feature', what));
      return { problems, warnings };
    }
    const row = emptyRow();
    for (const { name, read } of readers) {
      if (problems.length >= most) break;
      const given = Object.hasOwn(value, name) ? value[name] : undefined;
      const found = read(given);
      row[name] = found.value;
      if (found.problem !== undefined)
        problems.push(problem(index, name, given, found.allowed, found.problem));
      if (found.warning !== undefined)
        warnings.push(problem(index, name, given, found.allowed, found.warning));
    }
    for (const field of Object.keys(value)) {
      if (problems.length >= most) break;
      if (!known.has(field) && field !== '' && !isIndexName(field))
        problems.push(unknownField(field, value[field], index));
    }
    return problems.length > 0 ? { problems, warnings } : { row, problems, warnings };
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function columnOfValues({ name, type }: ColumnSchema, rows: readonly Row[]): Column {
  switch (type) {
    case 'category': {
      const known = new Map<string, number>();
      const codes = Int32Array.from(rows, (row) => {
        const value = row[name];
        if (typeof value !== 'string') return -1;
        const code = known.get(value) ?? known.size;
        known.set(value, code);
        return code;
      });
      return { type, codes, dictionary: [...known.keys()] };
    }
    case 'boolean':
      return {
        type,
        values: Int8Array.from(rows, (row) => (row[name] === true ? 1 : row[name] === false ? 0 : -1)),
      };
    default:
      return {
        type,
        values: Float64Array.from(rows, (row) => {
          const value = row[name];
          return typeof value === 'number' ? value : Number.NaN;
        }),
      };
  }
}

/** Rows as {@link parseRecord} gives them, as a table with the schema's features. */
export function tableOfRecords(schema: DatasetSchema, rows: readonly Row[]): Table {
  const table = tableOf(featureColumns(schema).map((column) => [column.name, columnOfValues(column, rows)]));
  return { ...table, rows: rows.length };
}
