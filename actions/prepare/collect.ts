import path from 'node:path';
import { isOutsideGit } from '../../shared/config/sections/data-section.ts';
import { readOptionsFor } from '../../shared/dataset/prepare-dataset.ts';
import type { SourceTable } from '../../shared/dataset/table/origin.ts';
import { silentLogger } from '../../shared/platform/logger.ts';
import { readSource } from '../../shared/source/read-source.ts';
import { readSnapshot } from '../../shared/source/snapshot.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { VerbPorts } from '../ports.ts';
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
 * @param reading.lenient let no value that breaks a frozen type stop the steps; default unless `fresh`.
 */
export async function collect(
  pipeline: Pipeline,
  ports: VerbPorts,
  { fresh = false, lenient = !fresh }: { readonly fresh?: boolean; readonly lenient?: boolean } = {},
): Promise<SourceTable> {
  const { config, directory } = pipeline.loaded;
  const { lock } = pipeline;
  const { source, sources } = config.data;
  const read = { ...ports, directory };
  if (source) {
    const kept = fresh ? undefined : await keptSnapshot(pipeline, lock?.data.snapshot, ports);
    return kept ?? readSource(source, readOptionsFor(config, lock), read);
  }
  const found = new Map<string, SourceTable>();
  for (const [name, declared] of Object.entries(sources ?? {})) {
    const snapshot = fresh ? undefined : lock?.data.sources?.[name]?.snapshot;
    // A file is in git: a checkout without the snapshot reads the file, and the lock says whether it is the same.
    const told = isOutsideGit(declared) ? ports : { ...ports, logger: silentLogger };
    const kept = await keptSnapshot(pipeline, snapshot, told);
    const options = readOptionsOfSource(config, lock, name);
    found.set(name, kept ?? (await readSource(declared, options, read, `data.sources.${name}`)));
  }
  // arquero is loaded where there are steps.
  const { runSteps } = await import('../../shared/tables/run-steps.ts');
  return runSteps({ sources: found, config, lock, lenient }, ports.logger);
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
