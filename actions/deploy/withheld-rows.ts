import path from 'node:path';
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
 * @param deployed.data digest of the data that the model was made of.
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
    if (!files) {
      return `the rows come from ${loaded.config.data.source.type}, and no snapshot of them (data.snapshot) is in the repository`;
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

/** The files that the rows are read from, from the folder of ciclo.yml; undefined where they come from elsewhere. */
async function filesOfRows(pipeline: Pipeline): Promise<readonly string[] | undefined> {
  const { directory, config } = pipeline.loaded;
  const { source } = config.data;
  const snapshot = pipeline.lock?.data.snapshot;
  if (snapshot !== undefined) {
    const files = await snapshotFiles(snapshotDirectory(pipeline), snapshot);
    return files?.map((file) => path.relative(directory, file));
  }
  if (source.type !== 'file') return undefined;
  return resolvePaths([source.path].flat(), directory, source.format);
}
