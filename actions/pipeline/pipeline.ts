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
import { ConfigurationError, quote } from '../../shared/platform/errors.ts';

/**
 * A pipeline's configuration and its lock, where there is one. It is a value and never changes: a verb that writes the lock
 * returns the pipeline with the new one ({@link withLock}), and what follows goes on from that.
 */
export interface Pipeline {
  readonly loaded: LoadedConfig;
  /** The pipeline's name: the configuration's, else the one that the lock pins, else its folder's. */
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
  const lock = text === undefined ? undefined : parseLock(text, lockFile);
  const name = loaded.config.name ?? lock?.name ?? nameOfFolder(loaded.directory);
  return { loaded, name, lockFile, ...(lock ? { lock } : {}) };
}

/**
 * Refuses a name in ciclo.yml that is not the one that ciclo.lock pins. Versions, what is in production and the history of
 * checks belong to a name: under another one there is none of them.
 *
 * @throws ConfigurationError that says how to go back, and how to accept the new name.
 */
export function checkPinnedName({ name, lock, loaded, lockFile }: Pipeline): void {
  if (lock?.name === undefined || lock.name === name) return;
  throw new ConfigurationError(
    `${loaded.file} calls the pipeline ${quote(name)}, ${lockFile} pins ${quote(lock.name)}: versions, what is in production and the history of checks are those of ${quote(lock.name)}. Write name: ${lock.name} again; or, for a new pipeline without them, accept the name with ciclo lock`,
  );
}

/** A folder's name in the pipeline names' alphabet. */
export function nameOfFolder(directory: string): string {
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
