import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { isWithin } from '../../shared/platform/slashed-path.ts';

/** The smallest configuration that works, for those who have none yet. */
const smallestConfig = [
  '  task: regression              # or binary, multiclass',
  '  target: price                 # the column to predict',
  '  data:',
  '    source: { type: file, path: data/*.csv }',
].join('\n');

/**
 * A path of the command line's as the verbs get it, and messages show it: short when it lies below the folder
 * that the process runs in.
 *
 * @param cwd the folder that relative paths start from.
 */
export function pathFrom(cwd: string, given: string): string {
  const absolute = path.resolve(cwd, given);
  if (!isWithin(process.cwd(), absolute)) return absolute;
  return path.relative(process.cwd(), absolute) || '.';
}

/**
 * Finds ciclo.yml: the file or folder that was named, or the one in the current folder.
 *
 * @throws ConfigurationError that says where it looked and how to begin.
 */
export async function findConfig(cwd: string, given: string | undefined): Promise<string> {
  const absolute = path.resolve(cwd, given ?? 'ciclo.yml');
  const status = await statusOf(absolute);
  if (status?.isDirectory()) {
    const inside = path.join(absolute, 'ciclo.yml');
    if (await isFile(inside)) return pathFrom(cwd, inside);
    throw new ConfigurationError(`there is no ciclo.yml in the folder ${absolute}\n${howToBegin}`);
  }
  if (status) return pathFrom(cwd, absolute);
  throw new ConfigurationError(
    given === undefined
      ? `there is no ciclo.yml here: looked for ${absolute}\n${howToBegin}`
      : `there is no configuration at ${absolute} (--config ${given})\n${howToBegin}`,
  );
}

const howToBegin = `\nTo begin, type ciclo init data.csv: it looks at your data and writes the file. Or write it yourself, beside your data, then type ciclo run:\n\n${smallestConfig}\n\nOr name another file: --config path/to/ciclo.yml`;

/** The folder of the configuration that was named, by file or by folder; nothing need be there. */
export async function configFolder(cwd: string, given: string | undefined): Promise<string> {
  const absolute = path.resolve(cwd, given ?? 'ciclo.yml');
  const status = await statusOf(absolute);
  return pathFrom(cwd, status?.isDirectory() ? absolute : path.dirname(absolute));
}

/** Whether there is a file at a path. */
export async function isFile(file: string): Promise<boolean> {
  return (await statusOf(file))?.isFile() ?? false;
}

/** What is at a path; undefined where nothing is. What the system refuses to say is no "nothing", and is thrown. */
async function statusOf(file: string): Promise<Stats | undefined> {
  return stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
}
