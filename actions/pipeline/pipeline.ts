// What every verb starts from: a pipeline's configuration and lock, loaded once, and its registry.
/**
 * What every verb starts from. A command or a step loads ciclo.yml and ciclo.lock once and passes the pipeline on, so that
 * all verbs of a run go by the same declaration, whatever happens to the files meanwhile.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type LoadedConfig, loadConfig } from '../../shared/config/load.ts';
import type { Lock } from '../../shared/config/lock/lock.ts';
import { parseLock } from '../../shared/config/lock/lock-file.ts';

/**
 * A pipeline's configuration and its lock, where there is one. It is a value and never changes: a verb that writes the lock
 * returns the pipeline with the new one ({@link withLock}), and what follows goes on from that.
 */
export interface Pipeline {
  readonly loaded: LoadedConfig;
  /** The pipeline's name: the configuration's, or its folder's. */
  readonly name: string;
  /** Where the lock is, or will be written. */
  readonly lockFile: string;
  readonly lock?: Lock;
}

/** A pipeline whose rows are pinned. */
export interface LockedPipeline extends Pipeline {
  readonly lock: Lock;
}

/**
 * Loads a ciclo.yml and the ciclo.lock beside it.
 *
 * @throws ConfigurationError with every problem of the two files.
 */
export async function loadPipeline(configFile: string): Promise<Pipeline> {
  const loaded = await loadConfig(configFile);
  const lockFile = path.join(loaded.directory, 'ciclo.lock');
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

/** The same pipeline with another lock, such as the one that was just written to its file. */
export function withLock(pipeline: Pipeline, lock: Lock): LockedPipeline {
  return { ...pipeline, lock };
}

/** The same pipeline, whose lock is written to another file: the checkout's own stays as it is. */
export function withLockFile(pipeline: Pipeline, lockFile: string): Pipeline {
  return { ...pipeline, lockFile };
}

/** The run directory, where results are kept. @param output what was asked for; default `.ciclo` beside ciclo.yml. */
export function runDirectoryOf({ loaded }: Pick<Pipeline, 'loaded'>, output: string | undefined): string {
  return output ?? path.join(loaded.directory, '.ciclo');
}
