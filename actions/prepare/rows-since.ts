import type { HttpSourceConfig } from '../../shared/config/sections/sources/http-source.ts';
import type { SourceConfig } from '../../shared/config/sections/sources/source.ts';
import type { SourceTable } from '../../shared/dataset/table/origin.ts';
import { createRowPlaces } from '../../shared/dataset/table/row-place.ts';
import { type TimeColumn, timesOf, windowEnd } from '../../shared/dataset/time/window.ts';
import { typeColumn } from '../../shared/dataset/types/infer-types.ts';
import { rowsOfSource } from '../../shared/source/newer-rows.ts';
import type { SourceView } from '../../shared/tables/source-view.ts';

/** A source that is asked only for what is newer than what is known. */
export type SinceSource = HttpSourceConfig & { readonly since: NonNullable<HttpSourceConfig['since']> };

/** What is known of a source's rows already, and from where on to ask. */
export interface KnownRows {
  /** Those that the lock pins, of its snapshot. */
  readonly known: SourceTable;
  /** The source, asked for rows since the newest of them. */
  readonly source: HttpSourceConfig;
  /** The newest time, as the source is asked. */
  readonly since: string;
}

/**
 * What of a source need not be asked for: the rows of its snapshot up to the end of the lock's window.
 *
 * @param view ciclo.yml and ciclo.lock as they are said of this source: see `sourceView`. Of several sources the window is of
 *   what steps made of them, so that all rows of a snapshot are known.
 * @returns undefined where everything is to be asked for: no row of the snapshot has a time.
 */
export function knownRows(
  source: SinceSource,
  snapshot: SourceTable,
  { config, lock }: SourceView,
): KnownRows | undefined {
  const { time } = config.data;
  const column = time === undefined ? undefined : snapshot.table.columns.get(time);
  if (time === undefined || !column) return undefined;
  const places = createRowPlaces(snapshot.parts);
  const times = timesOf(typeColumn(time, column, { config, lock, places }).column, time);
  const until = lock?.data.sources ? undefined : lock?.data.window?.until;
  const end =
    until === undefined ? Number.POSITIVE_INFINITY : windowEnd(until, times, 'ciclo.lock: data.window.until');
  const rows = Uint32Array.from(times.values.keys()).filter((row) => !(times.values[row]! > end));
  const newest = rows.reduce(
    (latest, row) => Math.max(latest, finite(times.values[row]!)),
    Number.NEGATIVE_INFINITY,
  );
  if (newest === Number.NEGATIVE_INFINITY) return undefined;
  const since = watermark(newest, times, source.since.format);
  return {
    known: rowsOfSource(snapshot, rows),
    since,
    source: { ...source, query: { ...source.query, [source.since.parameter]: since } },
  };
}

const finite = (time: number): number => (Number.isFinite(time) ? time : Number.NEGATIVE_INFINITY);

/** A time as an API reads it, rounded down where that is coarser: rather some rows twice than one passed over. */
function watermark(
  time: number,
  { type }: TimeColumn,
  format: NonNullable<HttpSourceConfig['since']>['format'],
): string {
  if (type === 'number') return String(time + 0);
  const iso = new Date(time).toISOString();
  switch (format) {
    case 'iso':
      return iso.replace('.000Z', 'Z');
    case 'date':
      return iso.replace(/T.*/, '');
    case 'unix-seconds':
      return String(Math.floor(time / 1000));
    case 'unix-milliseconds':
      return String(time);
  }
}

/** Whether only the newer rows of a source are asked for. */
export function asksSince(source: SourceConfig): source is SinceSource {
  return source.type === 'http' && source.since !== undefined;
}
