import path from 'node:path';
import { type Document, parseDocument } from 'yaml';
import type { Pipeline } from '../../actions/pipeline/pipeline.ts';
import type { VerbPorts } from '../../actions/ports.ts';
import { collect } from '../../actions/prepare/collect.ts';
import { isOutsideGit } from '../../shared/config/sections/sources/source.ts';
import type { SourceTable } from '../../shared/dataset/table/origin.ts';
import { createRowPlaces } from '../../shared/dataset/table/row-place.ts';
import { rowAt, type Table } from '../../shared/dataset/table/table.ts';
import { type Periods, periodsOf } from '../../shared/dataset/time/period.ts';
import { type TimeColumn, timesOf } from '../../shared/dataset/time/window.ts';
import { typeColumn } from '../../shared/dataset/types/infer-types.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { day } from '../../shared/platform/time-lengths.ts';
import { readWholeFile } from '../../shared/platform/whole-file.ts';
import { undatedLookups } from '../../shared/tables/undated-sources.ts';
import { byCount } from '../../shared/text/counts.ts';

/** The pipeline's data in the order in which it came. */
export interface Arrivals {
  readonly pipeline: Pipeline;
  /** Names of the periods, the oldest first: `1977`, `2026-03`. */
  readonly periods: readonly string[];
  /** The files that a period brings, by path from ciclo.yml. */
  files(period: string): Promise<ReadonlyMap<string, Uint8Array>>;
  /** When a period is over, milliseconds since 1970; of numbers that are not years, a day for each period. */
  endOf(period: string): number;
  /** ciclo.yml with `change` made to it; comments stay. */
  configuration(change: (document: Document) => void): string;
}

/**
 * Divides the data of a pipeline into the periods of its event time. Files that hold one period each stay as they are;
 * what comes otherwise is written as NDJSON, a file for each period. So are rows that steps made of several sources: the
 * finished rows arrive.
 *
 * @throws ConfigurationError when the data has no event time, or steps look up what may have been otherwise then.
 */
export async function readArrivals(pipeline: Pipeline, ports: VerbPorts): Promise<Arrivals> {
  const { config, file, text } = pipeline.loaded;
  const { time } = config.data;
  if (time === undefined) {
    throw new ConfigurationError(
      `${file} names no event time, and replay walks along it: name its column in data.time`,
    );
  }
  checkDated(pipeline);
  const source = await collect(pipeline, ports, { fresh: true, whole: true });
  const times = eventTimes(pipeline, source, time);
  const periods = periodsOf(times);
  const names = periods.names.filter((name, code) => name !== noTime || periods.codes.includes(code));
  const byPart = partsByPeriod(pipeline, source, periods);
  const ordered = names.filter((name) => name !== noTime);
  return {
    pipeline,
    periods: ordered,
    files: (period) =>
      byPart
        ? copied(pipeline, byPart.get(period) ?? [])
        : Promise.resolve(written(source.table, periods, period, period === ordered[0])),
    endOf: (period) => endOfPeriod(period, ordered.indexOf(period), times),
    configuration: (change) => {
      const document = parseDocument(text);
      if (!byPart) {
        for (const key of ['sources', 'steps']) document.deleteIn(['data', key]);
        document.setIn(['data', 'source'], { type: 'file', path: 'data/*.ndjson' });
      }
      if (document.hasIn(['monitor', 'source'])) document.deleteIn(['monitor', 'source']);
      change(document);
      return document.toString();
    },
  };
}

/** A source without a time is as it is today, and replay would show it to the rows of every period. */
function checkDated({ loaded }: Pipeline): void {
  const { data } = loaded.config;
  const undated = undatedLookups(data).filter((name) => !data.sources![name]!.timeless);
  if (undated.length === 0) return;
  const lines = undated.map((name) => `  data.sources.${name}: { timeless: true }`);
  throw new ConfigurationError(
    `${loaded.file}: steps join ${undated.join(', ')} by keys alone, as ${byCount(undated.length, 'it is', 'they are')} today, and replay would show that to rows of the past. Join as-of a time; or, where what is said there has always held, write\n${lines.join('\n')}`,
  );
}

const noTime = '(no time)';

function eventTimes({ loaded, lock }: Pipeline, { table, parts }: SourceTable, time: string): TimeColumn {
  const column = table.columns.get(time);
  if (!column) {
    throw new ConfigurationError(`data.time: the data has no column "${time}"`);
  }
  return timesOf(
    typeColumn(time, column, { config: loaded.config, lock, places: createRowPlaces(parts) }).column,
    time,
  );
}

/** Which files belong to which period; undefined when a file has rows of several, or the source is none of files. */
function partsByPeriod(
  { loaded }: Pipeline,
  { parts }: SourceTable,
  { codes, names }: Periods,
): ReadonlyMap<string, readonly string[]> | undefined {
  const { source } = loaded.config.data;
  if (!source || isOutsideGit(source)) return undefined;
  const found = new Map<string, string[]>();
  for (const { name, firstRow, rows } of parts) {
    const own = new Set(codes.subarray(firstRow, firstRow + rows));
    const [code] = own;
    const outside = name.startsWith('..') || path.isAbsolute(name);
    if (own.size !== 1 || outside || names[code!] === noTime) return undefined;
    found.set(names[code!]!, [...(found.get(names[code!]!) ?? []), name]);
  }
  return found;
}

async function copied(
  { loaded }: Pipeline,
  names: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = await Promise.all(
    names.map(async (name) => {
      const { bytes } = await readWholeFile(path.join(loaded.directory, name));
      return [name, bytes] as const;
    }),
  );
  return new Map(files);
}

/** @param first the first period has the rows without a time, too. */
function written(table: Table, { codes, names }: Periods, period: string, first: boolean) {
  const lines: string[] = [];
  for (let row = 0; row < table.rows; row++) {
    const name = names[codes[row]!];
    if (name !== period && !(first && name === noTime)) continue;
    const record = Object.entries(rowAt(table, row)).map(([key, value]) => [
      key,
      table.columns.get(key)?.type === 'date' && typeof value === 'number'
        ? new Date(value).toISOString()
        : value,
    ]);
    lines.push(JSON.stringify(Object.fromEntries(record)));
  }
  const file = `data/${period.replace(/[^\w.-]/g, '_')}.ndjson`;
  return new Map([[file, new TextEncoder().encode(`${lines.join('\n')}\n`)]]);
}

/** What happens at the end of a period takes its seconds, and is still in it. */
const halfDay = 43_200_000;

function endOfPeriod(period: string, index: number, { type }: TimeColumn): number {
  if (type === 'date') {
    const [year, month] = period.split('-').map(Number);
    return new Date(0).setUTCFullYear(year!, month!, 1) - halfDay;
  }
  const year = Number(period);
  // git keeps no times before 1970.
  return Number.isInteger(year) && year >= 1970 && year < 3000
    ? Date.UTC(year + 1, 0, 1) - halfDay
    : (index + 1) * day;
}
