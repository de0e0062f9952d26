import type { CountedRows, EngineContent } from './dialect.ts';
import { subquery } from './quoting.ts';

/** A statement whose one row has the engine's name, how many rows there are, and what tells their content. */
export function selectedContent({ query, where }: CountedRows, content: EngineContent): string {
  const conditions = where.length === 0 ? '' : ` WHERE ${where.map((one) => `(${one})`).join(' AND ')}`;
  return `SELECT ${[content.engine, 'count(*)', ...content.aggregates].join(', ')} FROM ${subquery(query)}${conditions}`;
}
