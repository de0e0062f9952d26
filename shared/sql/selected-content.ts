import type { CountedRows, EngineContent } from './dialect.ts';
import { selectOf } from './quoting.ts';

/** A statement whose one row has the engine's name, how many rows there are, and what tells their content. */
export function selectedContent(rows: CountedRows, content: EngineContent): string {
  return selectOf([content.engine, 'count(*)', ...content.aggregates], rows);
}
