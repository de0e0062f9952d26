import { isEngineSource, type SourceConfig } from '../../shared/config/sections/sources/source.ts';
import { sampleUse } from '../../shared/dataset/sample/sample-use.ts';
import { checkColumnNames } from '../../shared/dataset/schema/declared-columns.ts';
import type { DrawnSample } from '../../shared/dataset/table/origin.ts';
import { drawSample, type EngineRows, queryOfSample } from '../../shared/source/engine-sample.ts';
import { openEngine } from '../../shared/source/open-engine.ts';
import type { SourceEngine } from '../../shared/source/source-engine.ts';
import type { PinnedWindow } from '../../shared/source/types.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { VerbPorts } from '../ports.ts';

/** A source whose rows are those of a sample. */
export interface SampledSource {
  readonly source: SourceConfig;
  /** A new one; without it they are those of the lock's. */
  readonly drawn?: DrawnSample;
}

/**
 * Lets the engine that holds the rows draw the sample that `data.sample` asks for: as the lock has it, or a new one.
 *
 * @param source `data.source`. @param move whether the lock is about to move; @param window up to when rows are drawn for a new one.
 * @returns the source itself where no sample is asked for, or no engine has the rows: they are then drawn when they are read.
 */
export async function sampledSource(
  pipeline: Pipeline,
  source: SourceConfig,
  { move, window }: { readonly move: boolean; readonly window: PinnedWindow | undefined },
  ports: VerbPorts,
): Promise<SampledSource> {
  const { loaded, lock } = pipeline;
  const { config, directory } = loaded;
  if (!isEngineSource(source)) return { source };
  const asked = sampleUse(config, { lock, move: move ? {} : undefined });
  if (!asked) return { source };
  const engine = await openEngine(source, { ...ports, directory }, 'data.source');
  if (!engine) return { source };
  try {
    checkColumnNames(
      engine.columns.map(({ name }) => name),
      config,
    );
    const rows: EngineRows = { engine, unit: unitOf(pipeline, engine), window };
    const drawn =
      'rule' in asked ? await drawSample(rows, { rule: asked.rule, time: config.data.time }) : undefined;
    const record = drawn?.record ?? ('record' in asked ? asked.record : undefined)!;
    const query = queryOfSample(rows, record, source.type === 'postgres');
    return { source: { ...source, query } as SourceConfig, ...(drawn ? { drawn } : {}) };
  } finally {
    await engine[Symbol.asyncDispose]();
  }
}

/** An engine of the rows of the lock's sample, whenever they are; of all rows where there is none. */
export function engineOfSample(pipeline: Pipeline, engine: SourceEngine): SourceEngine {
  const sample = pipeline.lock?.data.sample;
  if (!sample) return engine;
  const rows: EngineRows = { engine, unit: unitOf(pipeline, engine), window: undefined };
  return { ...engine, query: queryOfSample(rows, sample, false) };
}

/** What a row is drawn by: its group, its key, or all of it but the target, as the split has it. */
function unitOf({ loaded, lock }: Pipeline, engine: SourceEngine): readonly string[] {
  const { data, target } = loaded.config;
  if (data.group !== undefined) return [data.group];
  if (lock) return lock.key;
  if (data.key !== undefined) return typeof data.key === 'string' ? [data.key] : [...data.key].sort();
  return engine.columns
    .map(({ name }) => name)
    .filter((name) => name !== target)
    .sort();
}
