import { ChangedDataError } from '../../shared/dataset/lock/locked-content.ts';
import type { EnginePin } from '../../shared/dataset/table/origin.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { conditionsOf, enginePin } from '../../shared/source/engine-pin.ts';
import { openEngine } from '../../shared/source/open-engine.ts';
import type { SourceEngine } from '../../shared/source/source-engine.ts';
import type { PinnedWindow, ReadOptions } from '../../shared/source/types.ts';
import { countRows } from '../../shared/sql/counted-range.ts';
import { counted, formatCount } from '../../shared/text/counts.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { VerbPorts } from '../ports.ts';
import { engineOfSample } from './sampled-source.ts';

/**
 * Which rows an engine is to tell the content of for a new lock: those that it will pin.
 *
 * @param until as `ciclo lock` is told; default as far as the former lock.
 */
export function pinOf(
  { loaded, lock }: Pipeline,
  until: string | undefined,
): NonNullable<ReadOptions['pin']> {
  const column = loaded.config.data.time;
  const former = lock?.data.window?.column === column ? lock?.data.window?.until : undefined;
  const end = until ?? former;
  return column === undefined || end === undefined || end === 'latest'
    ? {}
    : { window: { column, until: end } };
}

/**
 * Does what compares rows with the lock. Where they are not what it pins, the engine that holds them is asked what changed: it
 * tells other rows from the same ones in another order, on either side of the window's end.
 *
 * @throws ChangedDataError with what the engine says.
 */
export async function toldByEngine<T>(pipeline: Pipeline, ports: VerbPorts, compare: () => T): Promise<T> {
  try {
    return compare();
  } catch (error) {
    if (!(error instanceof ChangedDataError)) throw error;
    const line = await whatChanged(pipeline, ports);
    throw line === undefined ? error : error.with([line]);
  }
}

async function whatChanged(pipeline: Pipeline, ports: VerbPorts): Promise<string | undefined> {
  const { loaded, lock } = pipeline;
  const { source } = loaded.config.data;
  const before = lock?.data.engine;
  if (!source || !before) return undefined;
  try {
    const engine = await openEngine(source, { ...ports, directory: loaded.directory }, 'data.source');
    if (!engine) return undefined;
    try {
      return await changeIn(engineOfSample(pipeline, engine), lock.data.window, {
        ...before,
        engine: before.name,
      });
    } finally {
      await engine[Symbol.asyncDispose]();
    }
  } catch (error) {
    // That rows changed is what is to be said, whether or not the engine can say more.
    if (!(error instanceof ConfigurationError)) throw error;
    return `${before.name} could not be asked what: ${error.message}`;
  }
}

/** What became of an engine's rows, in words. */
async function changeIn(
  engine: SourceEngine,
  window: PinnedWindow | undefined,
  before: EnginePin,
): Promise<string | undefined> {
  const now = await enginePin(engine, window);
  const later = conditionsOf(engine, window, 'after');
  if (!now || !later) return undefined;
  const after = await countRows({
    rows: { query: engine.query, where: later },
    ask: (sql) => engine.ask(sql),
  });
  const where = window ? ` with ${window.column} up to ${window.until}` : '';
  const behind = window ? `; ${formatCount(after)} after it` : '';
  if (now.engine !== before.engine) {
    return `${now.engine}, which was ${before.engine}: ${counted(now.rows, 'row')}${where}, ${formatCount(before.rows)} before${behind}; values may be written otherwise`;
  }
  if (now.rows !== before.rows) {
    return `${now.engine}: ${counted(now.rows, 'row')}${where}, ${formatCount(before.rows)} before${behind}`;
  }
  return now.digest === before.digest
    ? `${now.engine}: the same ${counted(now.rows, 'row')}${where}, in another order${behind}; end data.source.query with an ORDER BY that tells rows apart`
    : `${now.engine}: still ${counted(now.rows, 'row')}${where}, and other content${behind}`;
}
