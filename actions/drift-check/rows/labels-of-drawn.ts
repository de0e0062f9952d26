import type { SourceConfig } from '../../../shared/config/sections/sources/source.ts';
import { type Column, type Table, type Value, valueAt } from '../../../shared/dataset/table/table.ts';
import { openEngine } from '../../../shared/source/open-engine.ts';
import type { SourceEngine } from '../../../shared/source/source-engine.ts';
import type { Dialect, SqlColumn } from '../../../shared/sql/dialect.ts';
import { subquery } from '../../../shared/sql/quoting.ts';
import type { VerbPorts } from '../../ports.ts';

/** Rows that were drawn of many, and the columns that labels find them by. */
export interface DrawnRows {
  readonly table: Table;
  readonly key: readonly string[];
}

/**
 * A source of labels that is asked only for those of rows that were drawn, where an engine has the labels: they may be as many as
 * the rows. What the query answers besides is left to the join.
 *
 * @param name what messages call the source.
 */
export async function labelsOfDrawn(
  source: SourceConfig,
  name: string,
  drawn: DrawnRows,
  ports: VerbPorts & { readonly directory: string },
): Promise<SourceConfig> {
  const engine = await openEngine(source, ports, name);
  if (!engine) return source;
  try {
    const condition = keyCondition(engine, drawn);
    if (condition === undefined) return source;
    return { ...source, query: `SELECT * FROM ${subquery(engine.query)} WHERE ${condition}` } as SourceConfig;
  } finally {
    await engine[Symbol.asyncDispose]();
  }
}

/** Labels of the drawn values of one column: of the key the one that has the most. */
function keyCondition({ columns, dialect }: SourceEngine, { table, key }: DrawnRows): string | undefined {
  const conditions = key.flatMap((name) => {
    const own = table.columns.get(name);
    const column = columns.find((one) => one.name === name);
    const found = own && column && valuesIn(dialect, column, own, table.rows);
    return found ? [found] : [];
  });
  const [best] = conditions.sort((a, b) => b.literals.length - a.literals.length);
  if (!best) return undefined;
  return best.literals.length === 0 ? '1 = 0' : `${best.sql} IN (${best.literals.join(', ')})`;
}

/**
 * An expression that a label's row has one of the literals of, if the join can find it by any of the values.
 *
 * @returns undefined where that cannot be said: `7` and `7.0` are one key, and an engine's texts are not.
 */
function valuesIn(
  dialect: Dialect,
  column: SqlColumn,
  own: Column,
  rows: number,
): { readonly sql: string; readonly literals: readonly string[] } | undefined {
  const values = Array.from({ length: rows }, (_, row) => valueAt(own, row));
  const written = (literals: readonly string[]) => [...new Set(literals)];
  if (column.kind === 'number' && (own.type === 'number' || own.type === 'category')) {
    const numbers = values.flatMap((value) => numberOf(value) ?? []);
    // Doubles do not tell longer ones apart.
    if (numbers.some((one) => Math.abs(one) > Number.MAX_SAFE_INTEGER)) return undefined;
    return { sql: dialect.asNumber(column), literals: written(numbers.map((one) => dialect.number(one))) };
  }
  if (column.kind === 'date' && own.type === 'date') {
    const times = values.flatMap((value) => (value === null ? [] : [Number(value)]));
    return { sql: dialect.asTime(column), literals: written(times.map((one) => dialect.number(one))) };
  }
  if (column.kind !== 'text' || own.type !== 'category') return undefined;
  if (values.some((value) => numberOf(value) !== undefined)) return undefined;
  const texts = values.flatMap((value) => (value === null ? [] : [String(value).trim()]));
  return {
    sql: dialect.trimmed(dialect.asText(column)),
    literals: written(texts.map((one) => dialect.text(one))),
  };
}

/** What a value is as a number, if it is one, however it is written. */
function numberOf(value: Value): number | undefined {
  if (value === null || String(value).trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}
