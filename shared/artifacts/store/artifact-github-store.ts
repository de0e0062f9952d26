import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DefaultArtifactClient } from '@actions/artifact';
import { quote } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import { extractArchive } from './artifact-archive.ts';
import { checkStoredDigest, checkStoredSize, ownLimits } from './artifact-download.ts';
import { explainArtifactError } from './artifact-github-error.ts';
import type { ArtifactStore, StoredArtifact } from './artifact-store.ts';
import { checkRetention } from './artifact-upload.ts';

/**
 * The artifacts of the workflow run that this process is part of, by @actions/artifact, which reads
 * ACTIONS_RUNTIME_TOKEN and ACTIONS_RESULTS_URL itself. It is loaded on first use.
 *
 * All methods @throws ConfigurationError without a runtime token, on GitHub Enterprise Server, and when the account's
 * storage is used up; `upload` ArtifactExistsError when the run has an artifact of that name.
 */
export function createGitHubArtifactStore({ logger }: { readonly logger: Logger }): ArtifactStore {
  let loaded: Promise<DefaultArtifactClient> | undefined;
  const ask = async <T>(what: string, call: (client: DefaultArtifactClient) => Promise<T>): Promise<T> => {
    loaded ??= import('@actions/artifact').then((module) => new module.DefaultArtifactClient());
    const client = await loaded;
    try {
      return await call(client);
    } catch (error) {
      throw explainArtifactError(error, what);
    }
  };
  return {
    async list(prefix) {
      const { artifacts } = await ask('list the artifacts of this run', (client) => client.listArtifacts());
      return artifacts
        .filter(({ name }) => name.startsWith(prefix))
        .map(({ id, name, size, digest }) => storedArtifact(id, name, size, digest))
        .sort((a, b) => b.id - a.id);
    },
    async upload(name, folder, files, { retentionDays }) {
      checkRetention(retentionDays);
      const paths = files.map((file) => path.join(folder, file));
      const options = retentionDays === undefined ? {} : { retentionDays };
      const { id, size, digest } = await ask(`upload the artifact ${name}`, (client) =>
        client.uploadArtifact(name, paths, folder, options),
      );
      logger.debug(`uploaded ${files.length} files as the artifact ${name} (${size ?? 0} bytes)`);
      return storedArtifact(id ?? 0, name, size ?? 0, digest && `sha256:${digest}`);
    },
    async download(artifact, folder) {
      checkStoredSize(artifact, ownLimits.totalBytes);
      const inbox = path.join(folder, '.download');
      await mkdir(inbox);
      try {
        // The archive as it is: unpacked by the library, it would be on disk before anything of it was checked.
        await ask(`download the artifact ${artifact.name}`, (client) =>
          client.downloadArtifact(artifact.id, { path: inbox, skipDecompress: true }),
        );
        const archive = path.join(inbox, await onlyFile(inbox));
        await checkStoredDigest(artifact, archive);
        await extractArchive(archive, folder, ownLimits);
      } finally {
        await rm(inbox, { recursive: true, force: true });
      }
    },
    async delete(name) {
      await ask(`delete the artifact ${name}`, async (client) => {
        try {
          await client.deleteArtifact(name);
        } catch (error) {
          if ((error as Error).name !== 'ArtifactNotFoundError') throw error; // gone already is what was wanted
        }
      });
    },
  };
}

function storedArtifact(id: number, name: string, size: number, digest: string | undefined): StoredArtifact {
  return { id, name, size, ...(digest ? { digest } : {}) };
}

async function onlyFile(folder: string): Promise<string> {
  const names = await readdir(folder);
  if (names.length !== 1) throw new Error(`the download left ${quote(names)} in ${folder}, not one archive`);
  return names[0]!;
}
