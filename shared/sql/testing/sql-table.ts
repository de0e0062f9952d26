import { type Column, type Table, valueAt } from '../../dataset/table/table.ts';
import type { Dialect, SqlColumn } from '../dialect.ts';

/** Names of types by dialect: text, double, boolean, timestamp. */
const types = {
  duckdb: { category: 'VARCHAR', number: 'DOUBLE', boolean: 'BOOLEAN', date: 'TIMESTAMP' },
  postgres: { category: 'text', number: 'float8', boolean: 'bool', date: 'timestamp' },
  trino: { category: 'varchar', number: 'double', boolean: 'boolean', date: 'timestamp(3)' },
} as const;

function literal(dialect: Dialect, column: Column, row: number): string {
  const value = valueAt(column, row);
  const type = types[dialect.name][column.type];
  if (value === null) return `CAST(NULL AS ${type})`;
  if (typeof value === 'string') return `CAST(${dialect.text(value)} AS ${type})`;
  if (typeof value === 'boolean') return String(value);
  if (column.type === 'number') return dialect.number(value);
  return `CAST('${new Date(value).toISOString().replace('T', ' ').replace('Z', '')}' AS ${type})`;
}

/** A table as a SELECT of its values. */
export function selectOf(dialect: Dialect, table: Table): string {
  const columns = [...table.columns];
  const rows = Array.from(
    { length: Math.max(1, table.rows) },
    (_, row) =>
      `(${columns.map(([, column]) => literal(dialect, table.rows === 0 ? nothing(column) : column, row)).join(', ')})`,
  );
  const names = columns.map(([name]) => dialect.identifier(name)).join(', ');
  return `SELECT * FROM (VALUES ${rows.join(', ')}) AS t(${names})${table.rows === 0 ? ' WHERE false' : ''}`;
}

function nothing(column: Column): Column {
  switch (column.type) {
    case 'category':
      return { ...column, codes: Int32Array.of(-1) };
    case 'boolean':
      return { ...column, values: Int8Array.of(-1) };
    default:
      return { ...column, values: Float64Array.of(Number.NaN) };
  }
}

/** Its columns, as an engine describes them. */
export function sqlColumnsOf(dialect: Dialect, table: Table): SqlColumn[] {
  return [...table.columns].map(([name, { type }]) => ({
    name,
    kind: type === 'category' ? 'text' : type,
    type: types[dialect.name][type],
  }));
}
