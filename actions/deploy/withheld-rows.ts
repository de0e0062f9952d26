import path from 'node:path';
import { isObjectSource } from '../../shared/config/sections/sources/file-source.ts';
import type { SourceConfig } from '../../shared/config/sections/sources/source.ts';
import { readPinned } from '../../shared/dataset/lock/pinned-table.ts';
import { uncommittedFile } from '../../shared/forge/local/committed-files.ts';
import { ForgeError } from '../../shared/forge/ports/forge-error.ts';
import { ConfigurationError, quote } from '../../shared/platform/errors.ts';
import { silentLogger } from '../../shared/platform/logger.ts';
import { SystemError } from '../../shared/platform/system-error.ts';
import { resolvePaths } from '../../shared/source/file-paths.ts';
import { snapshotFiles } from '../../shared/source/snapshot.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { VerbPorts } from '../ports.ts';
import { collect, snapshotDirectory } from '../prepare/collect.ts';
import type { DeployInputs } from './deploy-inputs.ts';

/**
 * Why somebody may read a bundle's release and not the rows that its model was made of, so that it must not say anything of
 * single rows: who guesses a row's key would know its target. The rule is one: the repository is known to be private, or the
 * deployed commit holds the very files that ciclo.lock pins (docs/adr/0027-out-of-fold-evidence.md).
 *
 * @param data digest of the data that the model was made of.
 * @returns the end of a sentence that begins with "since"; undefined where whoever may read the one may read the other.
 */
export async function whyRowsWithheld(
  { pipeline, commit, isPrivate = false }: Pick<DeployInputs, 'pipeline' | 'commit' | 'isPrivate'>,
  data: string,
  ports: VerbPorts,
): Promise<string | undefined> {
  if (isPrivate) return undefined;
  const { lock, loaded } = pipeline;
  if (lock?.data.digest !== data) return 'there is no ciclo.lock that pins the rows of the model';
  const quiet = { ...ports, logger: silentLogger };
  try {
    const files = await filesOfRows(pipeline);
    if ('elsewhere' in files) {
      return `rows come from ${files.elsewhere}, and no snapshot of them (data.snapshot) is in the repository`;
    }
    const missing = await uncommittedFile(loaded.directory, files, commit);
    if (missing !== undefined) {
      return `the repository is not known to be private, and its commit ${commit.slice(0, 8)} does not hold ${quote(missing)} as it is here`;
    }
    // Rows of a file that was only there when the model was made are missed here.
    readPinned(await collect(pipeline, quiet), loaded.config, { lock }, silentLogger);
    return undefined;
  } catch (error) {
    if (!(error instanceof ConfigurationError || error instanceof ForgeError || error instanceof SystemError))
      throw error;
    return `it cannot be shown that the repository holds the data: ${error.message.split('\n')[0]}`;
  }
}

/** Files that rows are read from, from the folder of ciclo.yml; or the type of a source that is no file and has no snapshot. */
async function filesOfRows(pipeline: Pipeline): Promise<readonly string[] | { readonly elsewhere: string }> {
  const { source, sources = {} } = pipeline.loaded.config.data;
  const pins = pipeline.lock?.data;
  const read: readonly (readonly [SourceConfig, string | undefined])[] = source
    ? [[source, pins?.snapshot]]
    : Object.entries(sources).map(([name, one]) => [one, pins?.sources?.[name]?.snapshot]);
  const found: string[] = [];
  for (const [one, snapshot] of read) {
    const files = await filesOfSource(one, snapshot, pipeline);
    if (!files) return { elsewhere: one.type === 'file' ? 'object storage' : one.type };
    found.push(...files);
  }
  return found;
}

/** The files of a source: of its snapshot, where that is what is read. */
async function filesOfSource(
  source: SourceConfig,
  snapshot: string | undefined,
  pipeline: Pipeline,
): Promise<readonly string[] | undefined> {
  const { directory } = pipeline.loaded;
  const kept =
    snapshot === undefined ? undefined : await snapshotFiles(snapshotDirectory(pipeline), snapshot);
  if (kept) return kept.map((file) => path.relative(directory, file));
  if (source.type !== 'file' || isObjectSource(source)) return undefined;
  return resolvePaths([source.path].flat(), directory, source.format);
}
