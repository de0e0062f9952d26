import type { RowPlaces } from '../table/row-place.ts';
import type { CategoryColumn, Column, ColumnType } from '../table/table.ts';
import { dateReader } from '../values/date-format.ts';
import { timesOfTexts } from '../values/date-texts.ts';
import { numberTextReader } from '../values/number-example.ts';
import { asCategories, columnAs, truths } from './column-type.ts';

/** More values of another type than this are another type of column, not mistakes. */
const fewStrays = 0.05;

/** A column as a type that it should have. */
export interface LenientColumn {
  readonly column: Column;
  /** False when the column is of another type: it is as it was found. */
  readonly typed: boolean;
  /** Values that are not of the type and count as missing. */
  readonly strays: number;
  /** One of them. */
  readonly example?: string;
}

interface Wanted {
  readonly name: string;
  readonly type: ColumnType;
  readonly format?: string | undefined;
  readonly places: RowPlaces;
}

/**
 * Reads a column as a type where nothing may be refused, as in rows that a model meets in use: a few values that are not
 * of the type count as missing, and are counted; where they are more, the column is of another type.
 */
export function lenientColumn(column: Column, { name, type, format, places }: Wanted): LenientColumn {
  if (column.type === type) return { column, typed: true, strays: 0 };
  const typing = { name, places, why: `it was a ${type}`, format };
  if (type === 'category' || (type === 'number' && column.type === 'boolean')) {
    return { column: columnAs(type, { ...typing, column }), typed: true, strays: 0 };
  }
  if (type === 'number' && column.type === 'date') return { column, typed: false, strays: 0 };
  const found = asCategories(column);
  const texts = type === 'date' && format === undefined ? withWholeOffsets(found) : found;
  const stray = strayTexts(texts, type, format, name);
  const strays = countStrays(texts, stray);
  if (strays.rows > fewStrays * strays.present) return { column, typed: false, strays: 0 };
  const codes = texts.codes.map((code) => (code >= 0 && stray[code] === 1 ? -1 : code));
  // Words that no row has any more must not be read as numbers either.
  const kept = withoutUnused({ ...texts, codes });
  return {
    column: columnAs(type, { ...typing, column: kept }),
    typed: true,
    strays: strays.rows,
    ...(strays.example === undefined ? {} : { example: strays.example }),
  };
}

/** A time with a zone as text of PostgreSQL and DuckDB (`06:00:00+00`) and of Trino (`06:00:00.000 UTC`). */
const shortZone = /(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?: (UTC)|([+-]\d\d))$/;

/**
 * Dates as ISO 8601's extended form has them. Databases leave the minutes of an offset out where they are 0; what they read as a
 * date by itself has no format in the lock, and comes as such a text where a value may be one that a table cannot hold.
 */
function withWholeOffsets({ dictionary, ...column }: CategoryColumn): CategoryColumn {
  const whole = (_: string, time: string, utc: string | undefined, hours: string | undefined) =>
    utc === undefined ? `${time}${hours}:00` : `${time}Z`;
  return { ...column, dictionary: dictionary.map((text) => text.replace(shortZone, whole)) };
}

function strayTexts(
  { dictionary }: CategoryColumn,
  type: ColumnType,
  format: string | undefined,
  name: string,
): Uint8Array {
  if (type === 'number') {
    const read = numberTextReader(format, `features.${name}.format`);
    return Uint8Array.from(dictionary, (text) => Number(Number.isNaN(read(text))));
  }
  if (type === 'boolean') {
    return Uint8Array.from(dictionary, (text) => Number(!truths.has(text.trim().toLowerCase())));
  }
  const times = timesOfTexts(dictionary, dateReader(format ?? 'iso', `features.${name}.format`));
  return Uint8Array.from(times, (time) => Number(Number.isNaN(time)));
}

function countStrays({ codes, dictionary }: CategoryColumn, stray: Uint8Array) {
  let rows = 0;
  let present = 0;
  let example: string | undefined;
  for (const code of codes) {
    if (code < 0) continue;
    present++;
    if (stray[code] === 0) continue;
    rows++;
    example ??= dictionary[code];
  }
  return { rows, present, example };
}

function withoutUnused({ codes, dictionary }: CategoryColumn): CategoryColumn {
  const places = new Int32Array(dictionary.length).fill(-1);
  const kept: string[] = [];
  const renamed = codes.map((code) => {
    if (code < 0) return -1;
    if (places[code]! < 0) places[code] = kept.push(dictionary[code]!) - 1;
    return places[code]!;
  });
  return { type: 'category', codes: renamed, dictionary: kept };
}
