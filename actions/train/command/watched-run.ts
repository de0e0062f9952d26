import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { LoadedConfig } from '../../../shared/config/load.ts';
import { ConfigurationError, quote } from '../../../shared/platform/errors.ts';
import type { Logger } from '../../../shared/platform/logger.ts';
import { listNames } from '../../../shared/text/nearest-name.ts';
import { changedFiles, type Marks, marksOf, uncommittedMarks } from './watched-files.ts';

/**
 * Does the work and looks at what it changed.
 *
 * @returns files of the repository that differ from before, and were not to be left alone at all.
 * @throws ConfigurationError when the dataset, what was handed over, or what the fingerprint covers is among them.
 */
export async function watched(
  { loaded, lockFile, runDirectory, covered, dataset }: CommandPlace & { readonly dataset: string },
  logger: Logger,
  work: () => Promise<void>,
): Promise<string[]> {
  const directory = path.resolve(loaded.directory);
  const untouchable = [
    path.resolve(loaded.file),
    path.resolve(lockFile),
    path.resolve(runDirectory, 'dataset'),
    dataset,
    ...covered,
  ];
  // Where git says where it is, links are resolved.
  const apart = await realpath(runDirectory);
  const look = async (): Promise<[Marks, Marks | undefined]> => [
    await marksOf(untouchable),
    await uncommittedMarks(directory, apart),
  ];
  const before = await look();
  await work();
  const after = await look();
  const shown = (files: readonly string[]) =>
    listNames(
      files.map((file) => quote(path.relative(directory, file))),
      8,
    );
  const broken = changedFiles(before[0], after[0]);
  if (broken.length > 0) {
    throw new ConfigurationError(
      `${shown(broken)} changed while it ran, and the model would not be the one of these data and files: a command may write into the folder CICLO_OUTPUT alone`,
    );
  }
  const elsewhere = before[1] && after[1] ? changedFiles(before[1], after[1]) : [];
  if (elsewhere.length > 0) {
    logger.warn(
      `while the command ran, ${shown(elsewhere)} changed in the repository: a command should write into the folder CICLO_OUTPUT, and what it leaves beside it belongs into .gitignore`,
    );
  }
  return elsewhere.map((file) => path.relative(directory, file));
}

/** Where commands run, and what they may not change. */
export interface CommandPlace {
  readonly loaded: LoadedConfig;
  readonly lockFile: string;
  /** Where the dataset is; what is handed over lies in it for a while. */
  readonly runDirectory: string;
  /** Absolute paths of the files that the fingerprint covers. */
  readonly covered: readonly string[];
}
