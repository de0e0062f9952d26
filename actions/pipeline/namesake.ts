import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ConfigurationError, quote } from '../../shared/platform/errors.ts';
import { loadPipeline, type Pipeline } from './pipeline.ts';

const run = promisify(execFile);

/**
 * Refuses a pipeline whose name another ciclo.yml of the git repository has as well: tags, releases and the history of
 * checks are found by the name, so that the two would take each other's. Outside of a repository there is none to share.
 *
 * @throws ConfigurationError that names the other file.
 */
export async function checkNamesakes({ name, loaded }: Pipeline): Promise<void> {
  const own = await realpath(loaded.file);
  for (const file of await configsBeside(loaded.directory)) {
    if ((await realpath(file).catch(() => own)) === own) continue;
    // One that cannot be read is told when somebody runs it.
    const other = await loadPipeline(file).catch((error: unknown) => {
      if (error instanceof ConfigurationError) return undefined;
      throw error;
    });
    if (other?.name !== name) continue;
    throw new ConfigurationError(
      `two pipelines of the repository are called ${quote(name)}: ${loaded.file} and ${file}. Versions, releases and the history of checks go by the name: give one of them another with the line name:`,
    );
  }
}

/** Every ciclo.yml that git has or would take; none where there is no repository, or git cannot say. */
async function configsBeside(directory: string): Promise<readonly string[]> {
  const asked = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--full-name'];
  const [top, listed] = await Promise.all([
    run('git', ['-C', directory, 'rev-parse', '--show-toplevel']),
    run('git', ['-C', directory, ...asked, '--', ':(top,glob)**/ciclo.yml']),
  ]).then(
    (answers) => answers.map(({ stdout }) => stdout),
    () => ['', ''],
  );
  return listed!
    .split('\0')
    .filter(Boolean)
    .map((file) => path.join(top!.trimEnd(), file));
}
