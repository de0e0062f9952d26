import { TimeUnit, Type } from '@uwdata/flechette';
import { z } from 'zod';
import { parseArrow } from '../../dataset/arrow/arrow-ipc.ts';
import { quote } from '../../platform/errors.ts';

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

/**
 * Columns of durations, with their unit, as the schema of Arrow says that PyArrow, Polars and others keep beside that of Parquet.
 *
 * @param schema in base64, under the key `ARROW:schema` of the file's schema: a message of Arrow IPC.
 */
export function arrowDurations(schema: string | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (schema === undefined) return found;
  let tables: ReturnType<typeof parseArrow>;
  try {
    tables = parseArrow(new Uint8Array(Buffer.from(schema, 'base64')), 'ARROW:schema');
  } catch {
    // A schema that cannot be read says nothing of durations: Parquet's own is what the file is read by.
    return found;
  }
  for (const { name, type } of tables.flatMap((table) => table.schema.fields)) {
    if (type.typeId === Type.Duration) found.set(name, arrowUnits[type.unit]);
  }
  return found;
}

const arrowUnits = {
  [TimeUnit.SECOND]: units.s,
  [TimeUnit.MILLISECOND]: units.ms,
  [TimeUnit.MICROSECOND]: units.us,
  [TimeUnit.NANOSECOND]: units.ns,
} as const;

/** A word on a column of durations. @param pandas it was pandas that wrote them. */
export function toldDuration(name: string, unit: string, pandas: boolean): string {
  return pandas
    ? `column ${quote(name)}: durations of pandas are read as numbers of ${unit}, and another version of pandas may write other units: write numbers of one unit, such as .dt.total_seconds()`
    : `column ${quote(name)}: durations are read as numbers of ${unit}, and another program may write other units: write numbers of one unit, such as seconds`;
}
