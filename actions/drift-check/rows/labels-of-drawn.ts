import type { SourceConfig } from '../../../shared/config/sections/data-section.ts';
import { type Column, type Table, valueAt } from '../../../shared/dataset/table/table.ts';
import { openEngine } from '../../../shared/source/open-engine.ts';
import type { SourceEngine } from '../../../shared/source/source-engine.ts';
import type { ReadOptions } from '../../../shared/source/types.ts';
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
  { drawn, options }: { readonly drawn: DrawnRows; readonly options: ReadOptions },
  ports: VerbPorts & { readonly directory: string },
): Promise<SourceConfig> {
  const engine = await openEngine(source, ports, name);
  if (!engine) return source;
  try {
    const condition = keyCondition(engine, drawn, options);
    if (condition === undefined) return source;
    return { ...source, query: `SELECT * FROM ${subquery(engine.query)} WHERE ${condition}` } as SourceConfig;
  } finally {
    await engine[Symbol.asyncDispose]();
  }
}

/** Labels of the drawn values of one column: of the key the one that has the most. */
function keyCondition(
  { columns, dialect }: SourceEngine,
  { table, key }: DrawnRows,
  { textColumns }: ReadOptions,
): string | undefined {
  const conditions = key.flatMap((name) => {
    const own = table.columns.get(name);
    const column = columns.find((one) => one.name === name);
    if (!own || !column) return [];
    const values = [...new Set(valuesOf(own, table.rows))];
    if (own.type === 'category') {
      if (column.kind !== 'text' && !textColumns.has(name)) return [];
      const texts = values.map((value) => dialect.text(String(value).trim()));
      return [{ sql: dialect.trimmed(dialect.asText(column)), literals: texts }];
    }
    if (own.type !== column.kind || own.type === 'boolean') return [];
    const sql = own.type === 'date' ? dialect.asTime(column) : dialect.asNumber(column);
    return [{ sql, literals: values.map((value) => dialect.number(Number(value))) }];
  });
  const [best] = conditions.sort((a, b) => b.literals.length - a.literals.length);
  if (!best) return undefined;
  return best.literals.length === 0 ? '1 = 0' : `${best.sql} IN (${best.literals.join(', ')})`;
}

function valuesOf(column: Column, rows: number): (string | number)[] {
  return Array.from({ length: rows }, (_, row) => valueAt(column, row)).flatMap((value) =>
    typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)) ? [value] : [],
  );
}
