import type { SourceConfig } from '../../../shared/config/sections/sources/source.ts';
import { openEngine } from '../../../shared/source/open-engine.ts';
import type { SourceEngine } from '../../../shared/source/source-engine.ts';
import { countRows } from '../../../shared/sql/counted-range.ts';
import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { VerbPorts } from '../../ports.ts';

/** An engine whose rows are too many to be read. */
export interface LargeSource {
  readonly engine: SourceEngine;
  readonly source: SourceConfig;
  /** `data.source` or `monitor.source` */
  readonly name: string;
  /** Whether it is `data.source`. */
  readonly own: boolean;
  /** How many it has. */
  readonly rows: number;
}

/**
 * Opens the engine of the rows to watch where they are more than `monitor.read-at-most`.
 *
 * @returns undefined where they are read: they are few, or no engine has them. Whoever gets one closes its engine.
 */
export async function openLargeSource(
  pipeline: Pipeline,
  ports: VerbPorts,
): Promise<LargeSource | undefined> {
  const { config, directory } = pipeline.loaded;
  const own = config.monitor.source === undefined;
  const source = config.monitor.source ?? config.data.source;
  const name = own ? 'data.source' : 'monitor.source';
  const engine = source && (await openEngine(source, { ...ports, directory }, name));
  if (!engine) return undefined;
  const { query } = engine;
  const rows = await countRows({ rows: { query, where: [] }, ask: (sql) => engine.ask(sql) }).catch(
    async (error: unknown) => {
      await engine[Symbol.asyncDispose]();
      throw error;
    },
  );
  if (rows > config.monitor['read-at-most']) {
    return { engine, source, own, name, rows };
  }
  await engine[Symbol.asyncDispose]();
  return undefined;
}
