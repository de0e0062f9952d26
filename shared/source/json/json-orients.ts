import { isObject } from './json-path.ts';
import type { JsonRow } from './json-row.ts';

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;
const isWhole = (text: string): boolean => /^\d+$/.test(text);

/** An object of rows: no member of it is inherited, whatever a column is called. */
function rowOf(columns: readonly string[], cell: (column: number) => unknown): JsonRow {
  const row: Record<string, unknown> = Object.create(null);
  columns.forEach((name, column) => {
    row[name] = cell(column);
  });
  return row;
}

/**
 * The rows of a document that is not an array of objects, as `pandas.DataFrame.to_json` writes it by `orient`: split
 * (`{columns, index, data}`), columns (`{a: {0: …, 1: …}}`), index (`{0: {a: …}}`), and as `to_dict("list")` does
 * (`{a: […], b: […]}`).
 *
 * @returns undefined for any other document.
 */
export function rowsOfOrient(document: unknown): readonly JsonRow[] | undefined {
  if (!isObject(document)) return undefined;
  const members = Object.entries(document);
  if (members.length === 0) return undefined;
  return splitRows(document) ?? nestedRows(members) ?? listRows(members);
}

function splitRows(document: Readonly<Record<string, unknown>>): readonly JsonRow[] | undefined {
  const { columns, data } = document;
  if (!Array.isArray(columns) || !Array.isArray(data)) return undefined;
  if (!columns.every((name) => typeof name === 'string' || typeof name === 'number')) return undefined;
  if (!data.every((row) => Array.isArray(row) && row.length === columns.length)) return undefined;
  const names = columns.map(String);
  if (new Set(names).size < names.length) return undefined;
  return data.map((row: unknown[]) => rowOf(names, (column) => row[column]));
}

/** Objects of values inside an object: columns of rows, or rows of columns; row numbers tell which. */
function nestedRows(members: readonly (readonly [string, unknown])[]): readonly JsonRow[] | undefined {
  const inner: (readonly [string, Readonly<Record<string, unknown>>])[] = [];
  for (const [name, member] of members) {
    if (!isObject(member) || !Object.values(member).every(isScalar)) return undefined;
    inner.push([name, member]);
  }
  if (members.every(([name]) => isWhole(name))) return inner.map(([, row]) => row);
  const rows = Object.keys(inner[0]![1]);
  const same = inner.every(
    ([, member]) =>
      Object.keys(member).length === rows.length &&
      rows.every((row) => isWhole(row) && Object.hasOwn(member, row)),
  );
  if (!same) return undefined;
  const names = inner.map(([name]) => name);
  return rows.map((row) => rowOf(names, (column) => inner[column]![1][row]));
}

function listRows(members: readonly (readonly [string, unknown])[]): readonly JsonRow[] | undefined {
  const [first] = members;
  if (members.length < 2 || !Array.isArray(first?.[1])) return undefined;
  const { length } = first[1];
  const lists = members.map(([, list]) => list);
  if (!lists.every((list) => Array.isArray(list) && list.length === length && list.every(isScalar))) {
    return undefined;
  }
  const names = members.map(([name]) => name);
  return Array.from({ length }, (_, row) => rowOf(names, (column) => (lists[column] as unknown[])[row]));
}
