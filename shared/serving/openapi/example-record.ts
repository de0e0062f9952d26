import type { Profile } from '../../dataset/profile/profile.ts';
import type { ColumnProfile, NumberProfile } from '../../dataset/profile/profile-schema.ts';
import { hasWholeNumbers } from '../../dataset/profile/whole-numbers.ts';
import type { Value } from '../../dataset/table/table.ts';
import type { LoadedModel } from '../served-model.ts';

/**
 * A typical record: the median of each number, the most frequent of each category. It is made up from the profile; no
 * row of the training data shows.
 */
function exampleRecord({ features, profile }: LoadedModel): Record<string, Value> {
  const columns = new Map(profile.columns.map((column: Profile['columns'][number]) => [column.name, column]));
  const record: Record<string, Value> = Object.create(null);
  for (const { name, nullable, type } of features) {
    const value = typicalValue(columns.get(name));
    record[name] = value ?? (nullable ? null : fallbacks[type]);
  }
  return record;
}

const fallbacks = { number: 0, category: '', boolean: false, date: 0 } as const;

/** The record as a client writes it: dates as texts. */
export function writtenExample(model: LoadedModel): Record<string, Value> {
  const record = exampleRecord(model);
  for (const { name, type } of model.features) {
    const value = record[name];
    if (type === 'date' && typeof value === 'number') record[name] = new Date(value).toISOString();
  }
  return record;
}

function typicalValue(column: ColumnProfile | undefined): Value {
  if (!column) return null;
  if (column.type === 'boolean') return column.true > column.false;
  if (column.type === 'category') return column.values[0] ?? null;
  const median = medianOf(column);
  // Half of the rows may lie below an edge between two whole numbers.
  return median !== null && hasWholeNumbers(column) ? Math.round(median) : median;
}

/** The point, or edge of a bin, below which half of the rows lie. */
function medianOf({ points, at, between }: NumberProfile): number | null {
  const rows = [...at, ...between].reduce((sum, count) => sum + count, 0);
  let below = between[0] ?? 0;
  for (let i = 0; i < points.length; i++) {
    below += at[i]!;
    if (below * 2 >= rows) return points[i]!;
    below += between[i + 1]!;
  }
  return points.at(-1) ?? null;
}
