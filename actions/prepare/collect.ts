import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type LoadedConfig, loadConfig } from '../../shared/config/load.ts';
import type { Lock } from '../../shared/config/lock/lock.ts';
import { parseLock } from '../../shared/config/lock/lock-file.ts';
import { readOptionsFor } from '../../shared/dataset/prepare-dataset.ts';
import type { SourceTable } from '../../shared/dataset/table/origin.ts';
import { readSource } from '../../shared/source/read-source.ts';
import { readSnapshot } from '../../shared/source/snapshot.ts';
import type { VerbPorts } from '../ports.ts';

/** A pipeline's configuration and its lock, where there is one. */
export interface Pipeline {
  readonly loaded: LoadedConfig;
  /** The pipeline's name: the configuration's, or its folder's. */
  readonly name: string;
  readonly lockFile: string;
  readonly lock?: Lock;
}

/** Loads ciclo.yml and the ciclo.lock beside it, or another lock. */
export async function loadPipeline(configFile: string, lock?: string): Promise<Pipeline> {
  const loaded = await loadConfig(configFile);
  const lockFile = lock ?? path.join(loaded.directory, 'ciclo.lock');
  const text = await readFile(lockFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  const name = loaded.config.name ?? nameOfFolder(loaded.directory);
  return { loaded, name, lockFile, ...(text === undefined ? {} : { lock: parseLock(text, lockFile) }) };
}

/** A folder's name in the pipeline names' alphabet. */
function nameOfFolder(directory: string): string {
  const name = path
    .basename(path.resolve(directory))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  return name || 'pipeline';
}

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
