import type { Config } from '../config/sections/schema.ts';
import type { JoinConfig } from '../config/sections/steps-section.ts';
import type { Column, Table } from '../dataset/table/table.ts';
import type { StepInput } from './join-step.ts';

/**
 * What there is to say of a join that goes by keys alone where both sides have a time: a row may get what became known
 * after it, and at training that is the future. A source that was rolled up as a whole had a time, too.
 *
 * @param answered what the joined source held before any step.
 */
export function timelessJoin(
  { site, table, tables }: StepInput,
  join: JoinConfig,
  { data }: Config,
  answered: Table,
): string | undefined {
  const source = data.sources![join.with]!;
  if (join['as-of'] || source.timeless) return undefined;
  const own = data.sources![table.name]!.time ?? data.time;
  if (own === undefined || !table.columns.has(own)) return undefined;
  const theirs = source.time ?? [...answered.columns].find(([, column]) => isOfDates(column))?.[0];
  if (theirs === undefined) return undefined;
  const pair = own === theirs ? own : `{ ${own}: ${theirs} }`;
  const instead = tables.get(join.with)!.columns.has(theirs)
    ? `Write as-of: { time: ${pair} }`
    : `In place of the whole, roll up what was before each row: group: { of: ${join.with}, time: ${pair}, window: 90d, … }`;
  return `${site.name}: goes by the key alone, and both ${table.name} (${own}) and ${join.with} (${theirs}) have a time: rows may get what was known only after them. ${instead}; or, where what ${join.with} says has always held, data.sources.${join.with}.timeless: true`;
}

const isoDay = /^\d{4}-\d\d-\d\d/;

function isOfDates(column: Column): boolean {
  if (column.type === 'date') return true;
  return (
    column.type === 'category' &&
    column.dictionary.length > 0 &&
    column.dictionary.every((text) => isoDay.test(text))
  );
}
