import path from 'node:path';
import { isOutsideGit } from '../../shared/config/sections/sources/source.ts';
import { readOptionsFor } from '../../shared/dataset/prepare-dataset.ts';
import type { SourceTable } from '../../shared/dataset/table/origin.ts';
import { silentLogger } from '../../shared/platform/logger.ts';
import { allTexts } from '../../shared/source/kept-text.ts';
import { withNewerRows } from '../../shared/source/newer-rows.ts';
import { readSource } from '../../shared/source/read-source.ts';
import { readSnapshot } from '../../shared/source/snapshot.ts';
import type { ReadOptions } from '../../shared/source/types.ts';
import { type SourceView, sourceView } from '../../shared/tables/source-view.ts';
import { formatCount } from '../../shared/text/counts.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { VerbPorts } from '../ports.ts';
import { pinOf } from './engine-content.ts';
import { asksSince, knownRows, type SinceSource } from './rows-since.ts';
import { sampledSource } from './sampled-source.ts';
import { readOptionsOfSource } from './source-reading.ts';

/** Where what a source outside git answered is kept. */
export function snapshotDirectory(pipeline: Pipeline): string {
  return path.resolve(pipeline.loaded.directory, pipeline.loaded.config.data.snapshot);
}

/** Whether the lock pins rows that the source itself may not hold any more. */
export function hasSnapshot({ lock }: Pick<Pipeline, 'lock'>): boolean {
  const { snapshot, sources = {} } = lock?.data ?? {};
  return snapshot !== undefined || Object.values(sources).some((source) => source.snapshot !== undefined);
}

/**
 * Reads the pipeline's rows: from the snapshot that the lock names when it is there, else from the source itself. Of several
 * sources each is read so, and the steps make one table of them.
 *
 * @param reading.fresh always ask the source: what `ciclo lock` does.
 * @param reading.whole all rows, whatever `data.sample` says: those that came since the lock are among them.
 * @param reading.until up to when rows are to be locked, for an engine that tells the content of those.
 * @param reading.lenient let no value that breaks a frozen type stop the steps; default unless `fresh`.
 */
export async function collect(
  pipeline: Pipeline,
  ports: VerbPorts,
  {
    fresh = false,
    lenient = !fresh,
    whole = false,
    until,
  }: {
    readonly fresh?: boolean;
    readonly lenient?: boolean;
    readonly whole?: boolean;
    readonly until?: string | undefined;
  } = {},
): Promise<SourceTable> {
  const { config, directory } = pipeline.loaded;
  const { lock } = pipeline;
  const { source, sources } = config.data;
  const read = { ...ports, directory };
  if (source) {
    const kept = fresh ? undefined : await keptSnapshot(pipeline, lock?.data.snapshot, ports);
    if (kept) return kept;
    const pin = fresh || !lock ? { pin: pinOf(pipeline, until) } : {};
    const options = { ...readOptionsFor(config, lock), ...pin };
    if (fresh && asksSince(source)) {
      return readSince(
        { source, name: 'data.source', snapshot: lock?.data.snapshot, options, config, lock },
        pipeline,
        ports,
      );
    }
    if (whole) return readSource(source, allTexts(options), read);
    const move = fresh || !lock;
    const window = move ? pinOf(pipeline, until).window : lock.data.window;
    const sampled = await sampledSource(pipeline, source, { move, window }, ports);
    const answer = await readSource(sampled.source, options, read);
    return sampled.drawn ? { ...answer, drawn: sampled.drawn } : answer;
  }
  const found = new Map<string, SourceTable>();
  for (const [name, declared] of Object.entries(sources ?? {})) {
    const snapshot = fresh ? undefined : lock?.data.sources?.[name]?.snapshot;
    // A file is in git: a checkout without the snapshot reads the file, and the lock says whether it is the same.
    const told = isOutsideGit(declared) ? ports : { ...ports, logger: silentLogger };
    const kept = await keptSnapshot(pipeline, snapshot, told);
    const options = readOptionsOfSource(config, lock, name);
    const called = `data.sources.${name}`;
    const answer =
      kept ??
      (fresh && asksSince(declared)
        ? await readSince(
            {
              ...{ source: declared, name: called, snapshot: lock?.data.sources?.[name]?.snapshot, options },
              ...sourceView(config, lock, name),
            },
            pipeline,
            ports,
          )
        : await readSource(declared, whole ? allTexts(options) : options, read, called));
    found.set(name, answer);
  }
  // arquero is loaded where there are steps.
  const { runSteps } = await import('../../shared/tables/run-steps.ts');
  return runSteps({ sources: found, config, lock, lenient }, ports.logger);
}

/** The rows of one source that the lock pins, as they were kept; undefined where no snapshot of them is at hand. */
export async function keptRows(pipeline: Pipeline, ports: VerbPorts): Promise<SourceTable | undefined> {
  const { config } = pipeline.loaded;
  return (
    config.data.source &&
    keptSnapshot(pipeline, pipeline.lock?.data.snapshot, { ...ports, logger: silentLogger })
  );
}

async function keptSnapshot(
  pipeline: Pipeline,
  snapshot: string | undefined,
  { logger }: VerbPorts,
): Promise<SourceTable | undefined> {
  if (snapshot === undefined) return undefined;
  const kept = await readSnapshot(snapshotDirectory(pipeline), snapshot);
  if (!kept) {
    logger.info(
      `No snapshot ${snapshot} in ${pipeline.loaded.config.data.snapshot}: asking the source again`,
    );
  }
  return kept;
}

/** A source that is asked only for what is newer than its snapshot. */
interface AskedSince extends SourceView {
  readonly source: SinceSource;
  /** What messages call it. */
  readonly name: string;
  readonly snapshot: string | undefined;
  readonly options: ReadOptions;
}

/** The rows of a source's snapshot, and below them those that came since; all of them where there is no snapshot. */
async function readSince(
  { source, name, snapshot, options, config, lock }: AskedSince,
  pipeline: Pipeline,
  ports: VerbPorts,
): Promise<SourceTable> {
  const read = { ...ports, directory: pipeline.loaded.directory };
  const kept = await keptSnapshot(pipeline, snapshot, ports);
  const rows = kept && knownRows(source, kept, { config, lock });
  if (!rows) return readSource(source, options, read, name);
  const { known, since } = rows;
  const answer = await readSource(rows.source, { ...options, mayBeEmpty: true }, read, name);
  const all = withNewerRows(known, answer, since);
  ports.logger.info(
    `${name}: asked for rows since ${since}: ${formatCount(answer.table.rows)} came, of which ${formatCount(all.table.rows - known.table.rows)} are new; the ${formatCount(known.table.rows)} before are those of the snapshot, even where they have changed since`,
  );
  return all;
}
