// The rows of both sides of a check: new ones with their labels, and those of the reference.
import { labelKey } from '../../../shared/config/sections/label-key.ts';
import type { Config } from '../../../shared/config/sections/schema.ts';
import { type ArrivedRows, arrivedRows, cleanArrived } from '../../../shared/dataset/monitored-rows.ts';
import { readOptionsFor } from '../../../shared/dataset/prepare-dataset.ts';
import type { Profile } from '../../../shared/dataset/profile/profile.ts';
import type { SourceTable } from '../../../shared/dataset/table/origin.ts';
import type { Table } from '../../../shared/dataset/table/table.ts';
import {
  type Bounds,
  type MonitorWindow,
  monitorWindow,
} from '../../../shared/dataset/time/monitor-window.ts';
import type { TimeColumn } from '../../../shared/dataset/time/window.ts';
import { ConfigurationError } from '../../../shared/platform/errors.ts';
import { allTexts } from '../../../shared/source/kept-text.ts';
import { readSource } from '../../../shared/source/read-source.ts';
import type { ReadOptions } from '../../../shared/source/types.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { VerbPorts } from '../../ports.ts';
import { collect } from '../../prepare/collect.ts';
import { labelsOfDrawn } from './labels-of-drawn.ts';
import type { Reference } from './reference.ts';

/** The rows that a check looks at. */
export interface CurrentRows {
  /** Cleaned; the columns of the reference's schema. */
  readonly table: Table;
  readonly window: MonitorWindow;
  /** The column of the event time; absent when the rows have none. */
  readonly time?: string;
  readonly arrived: ArrivedRows;
  /** Where an engine counted the rows: `table` has some of them, drawn evenly. */
  readonly counted?: CountedProfile;
}

/** Rows that were counted and not read. */
export interface CountedProfile {
  readonly rows: number;
  /** Their profile over a reference's support. */
  profileOver(reference: Profile): Promise<Profile>;
  /** The newest of them, in whose order dependence is measured; cleaned. */
  readonly newest: Table;
}

/** `data.source`, read again: a snapshot has no newer rows. */
export function readData(pipeline: Pipeline, ports: VerbPorts): Promise<SourceTable> {
  return collect(pipeline, ports, { fresh: true, lenient: true, whole: true });
}

/**
 * Keys are read as they are written: `007` and `7` may be two. So are times and truths: one that a table cannot hold is a
 * finding, and nothing that stops the check.
 */
export function keyedOptions(config: Config, lock: Pipeline['lock']): ReadOptions {
  const options = allTexts(readOptionsFor(config, lock));
  return { ...options, textColumns: new Set([...options.textColumns, ...labelKey(config)]) };
}

/** `monitor.source`; undefined when ciclo.yml has none. */
export async function readMonitored(
  { loaded, lock }: Pipeline,
  ports: VerbPorts,
): Promise<SourceTable | undefined> {
  const { config, directory } = loaded;
  const { source } = config.monitor;
  return source && readSource(source, keyedOptions(config, lock), { ...ports, directory }, 'monitor.source');
}

/**
 * `monitor.labels`; undefined when ciclo.yml has none, or they cannot be read now: drift is looked for all the same, and a warning
 * says so.
 *
 * @param drawn the rows that are to be given labels, where they are some of many.
 * @throws whatever reading throws besides a ConfigurationError, which is logged.
 */
export async function readLabels(
  { loaded, lock }: Pipeline,
  drawn: Table | undefined,
  ports: VerbPorts,
): Promise<SourceTable | undefined> {
  const { config, directory } = loaded;
  const { labels } = config.monitor;
  if (!labels) return undefined;
  const options = keyedOptions(config, lock);
  const read = { ...ports, directory };
  const name = 'monitor.labels';
  try {
    const asked = drawn
      ? await labelsOfDrawn(labels, name, { table: drawn, key: labelKey(config) }, read)
      : labels;
    return await readSource(asked, options, read, name);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    ports.logger.warn(
      `monitor.labels cannot be read, so rows have only the labels that they came with: ${error.message}`,
    );
    return undefined;
  }
}

/**
 * Chooses and cleans the current rows of a source.
 *
 * @param decided end of the last window that was decided on; those rows are not looked at again.
 * @returns undefined when there is no saying which rows are new: no event time, and the source is that of the training.
 */
export function currentRows(
  pipeline: Pipeline,
  source: SourceTable,
  { reference, decided, own }: { reference: Reference; decided: string | undefined; own: boolean },
): CurrentRows | undefined {
  const { config } = pipeline.loaded;
  const time = timeColumn(pipeline, (name) => source.table.columns.has(name), own);
  if (time === undefined && own) return undefined;
  const arrived = arrivedRows(source, reference.schema, { config, time });
  const window = arrived.times
    ? windowOf(pipeline, arrived.times, { time: time!, reference, decided })
    : {
        rows: Uint32Array.from({ length: arrived.table.rows }, (_, row) => row),
        words: 'all rows',
        newer: arrived.table.rows,
        untimed: 0,
      };
  return {
    table: cleanArrived(arrived, window.rows, config),
    window,
    arrived,
    ...(time === undefined ? {} : { time }),
  };
}

/** @param has whether the source has a column. @param own whether the source is `data.source`. */
export function timeColumn(
  { loaded }: Pipeline,
  has: (name: string) => boolean,
  own: boolean,
): string | undefined {
  const { data, monitor } = loaded.config;
  if (own) return data.time;
  if (monitor.time !== undefined) return monitor.time;
  if (data.time !== undefined && has(data.time)) return data.time;
  return has('_time') ? '_time' : undefined;
}

function windowOf(
  pipeline: Pipeline,
  times: TimeColumn,
  asked: { time: string; reference: Reference; decided: string | undefined },
): MonitorWindow {
  return monitorWindow(times, asked.time, windowBounds(pipeline, asked));
}

/** Which part of the rows is looked at, and from when on. */
export function windowBounds(
  { loaded }: Pipeline,
  { time, reference, decided }: { time: string; reference: Reference; decided: string | undefined },
): Bounds {
  const { window } = loaded.config.monitor;
  // The end of the training rows says nothing about times of another column, such as those of requests.
  const locked = window['after-lock'] && reference.window?.column === time ? [reference.window.until] : [];
  const seen = window.again || decided === undefined ? [] : [decided];
  return { ended: [...locked, ...seen], window };
}
