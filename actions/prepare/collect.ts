import path from 'node:path';
import { readOptionsFor } from '../../shared/dataset/prepare-dataset.ts';
import type { SourceTable } from '../../shared/dataset/table/origin.ts';
import { readSource } from '../../shared/source/read-source.ts';
import { readSnapshot } from '../../shared/source/snapshot.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { VerbPorts } from '../ports.ts';

/** Where what a source outside git answered is kept. */
export function snapshotDirectory(pipeline: Pipeline): string {
  return path.resolve(pipeline.loaded.directory, pipeline.loaded.config.data.snapshot);
}

/**
 * Reads the pipeline's rows: from the snapshot that the lock names when it is there, else from the source itself.
 *
 * @param fresh always ask the source: what `ciclo lock` does.
 */
export async function collect(pipeline: Pipeline, ports: VerbPorts, fresh = false): Promise<SourceTable> {
  const { config, directory } = pipeline.loaded;
  const snapshot = fresh ? undefined : pipeline.lock?.data.snapshot;
  if (snapshot !== undefined) {
    const kept = await readSnapshot(snapshotDirectory(pipeline), snapshot);
    if (kept) return kept;
    ports.logger.info(`No snapshot ${snapshot} in ${config.data.snapshot}: asking the source again`);
  }
  return readSource(config.data.source, readOptionsFor(config, pipeline.lock), { ...ports, directory });
}
