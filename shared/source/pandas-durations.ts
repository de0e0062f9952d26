import { z } from 'zod';
import { quote } from '../platform/errors.ts';

/** What pandas states of the columns of a file that it wrote. */
const pandasColumns = z.object({
  columns: z.array(z.object({ field_name: z.string().nullish(), numpy_type: z.string().nullish() })),
});

const units = { s: 'seconds', ms: 'milliseconds', us: 'microseconds', ns: 'nanoseconds' } as const;

/**
 * Columns of durations, with their unit. Parquet has no type for them: they are whole numbers there, in the unit that the version of
 * pandas keeps them in.
 *
 * @param metadata the JSON under the key `pandas` of the file's schema.
 */
export function pandasDurations(metadata: string | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (metadata === undefined) return found;
  let columns: z.output<typeof pandasColumns>['columns'];
  try {
    columns = pandasColumns.parse(JSON.parse(metadata)).columns;
  } catch {
    // What pandas did not write says nothing of durations.
    return found;
  }
  for (const { field_name: name, numpy_type: type } of columns) {
    const unit = /^timedelta64\[(s|ms|us|ns)\]$/.exec(type ?? '')?.[1];
    if (name && unit) found.set(name, units[unit as keyof typeof units]);
  }
  return found;
}

/** A word on a column of durations. */
export function toldDuration(name: string, unit: string): string {
  return `column ${quote(name)}: durations of pandas are read as numbers of ${unit}, and another version of pandas may write other units: write numbers of one unit, such as .dt.total_seconds()`;
}
