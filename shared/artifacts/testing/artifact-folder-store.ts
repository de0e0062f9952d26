import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { digestOf, sha256 } from '../../platform/digest.ts';
import { IntegrityError, quote } from '../../platform/errors.ts';
import { formatJson } from '../../platform/json.ts';
import { checkDigest } from '../store/artifact-download.ts';
import type { ArtifactStore, StoredArtifact } from '../store/artifact-store.ts';
import { ArtifactExistsError, checkRetention } from '../store/artifact-upload.ts';

/** What an artifact's folder says of it, beside its folder `files`. */
const recordSchema = z.strictObject({
  id: z.int().min(1),
  name: z.string(),
  size: z.int().min(0),
  digest: z.string(),
  files: z.array(z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]*$/)),
});
type Record = z.output<typeof recordSchema>;

const recordFile = 'artifact.json';

/**
 * The artifact store on a local folder: `<root>/<name>/files/…` and, beside them, what is known of them. An artifact
 * appears and goes by one rename, so none is ever half there. The days of retention are checked and not kept: nothing
 * is deleted by itself.
 */
export function createFolderArtifactStore(root: string): ArtifactStore {
  return {
    list: async (prefix) => (await recordsOf(root, prefix)).map(storedArtifact),
    async upload(name, folder, files, { retentionDays }) {
      checkRetention(retentionDays);
      await mkdir(root, { recursive: true });
      const temporary = path.join(root, `.${randomBytes(6).toString('hex')}.tmp`);
      try {
        const record = await stage(temporary, name, folder, files, await claimId(root));
        await rename(temporary, path.join(root, name)).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
          throw new ArtifactExistsError(`cannot keep the artifact ${name}: ${root} has one of that name`);
        });
        return storedArtifact(record);
      } finally {
        await rm(temporary, { recursive: true, force: true });
      }
    },
    async download(artifact, folder) {
      const record = await readRecord(root, artifact.name);
      const files = path.join(root, artifact.name, 'files');
      const { digest } = await contentOf(files, record.files);
      checkDigest(artifact.name, artifact.digest ?? record.digest, digest);
      for (const file of record.files) await copyFile(path.join(files, file), path.join(folder, file));
    },
    async delete(name) {
      const aside = path.join(root, `.${randomBytes(6).toString('hex')}.tmp`);
      await rename(path.join(root, name), aside).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error; // gone already is what was wanted
      });
      await rm(aside, { recursive: true, force: true });
    },
  };
}

async function stage(
  temporary: string,
  name: string,
  folder: string,
  files: readonly string[],
  id: number,
): Promise<Record> {
  await mkdir(path.join(temporary, 'files'), { recursive: true });
  for (const file of files) await copyFile(path.join(folder, file), path.join(temporary, 'files', file));
  const record = { id, name, files: [...files], ...(await contentOf(path.join(temporary, 'files'), files)) };
  await writeFile(path.join(temporary, recordFile), formatJson(recordSchema.parse(record)));
  return record;
}

/** Ids ascend, whoever else uploads: the number is taken by making a folder that only one can make. */
async function claimId(root: string): Promise<number> {
  const ids = path.join(root, '.ids');
  await mkdir(ids, { recursive: true });
  for (let id = Math.max(0, ...(await readdir(ids)).map(Number)) + 1; ; id++) {
    const taken = await mkdir(path.join(ids, String(id))).then(
      () => false,
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
        return true;
      },
    );
    if (!taken) return id;
  }
}

async function contentOf(
  folder: string,
  files: readonly string[],
): Promise<{ readonly size: number; readonly digest: string }> {
  let size = 0;
  const digests: { [name: string]: string } = {};
  for (const file of files) {
    const bytes = await readFile(path.join(folder, file));
    size += bytes.byteLength;
    digests[file] = sha256(bytes);
  }
  return { size, digest: digestOf(digests) };
}

/** Newest first. */
async function recordsOf(root: string, prefix: string): Promise<readonly Record[]> {
  const names = await readdir(root).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const visible = names.filter((name) => !name.startsWith('.') && name.startsWith(prefix));
  const records = await Promise.all(visible.map((name) => readRecord(root, name)));
  return records.sort((a, b) => b.id - a.id);
}

async function readRecord(root: string, name: string): Promise<Record> {
  const file = path.join(root, name, recordFile);
  const text = await readFile(file, 'utf8');
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new IntegrityError(
      `${file} does not describe an artifact (${quote((error as Error).message)}): remove it`,
    );
  }
}

function storedArtifact({ id, name, size, digest }: Record): StoredArtifact {
  return { id, name, size, digest };
}
