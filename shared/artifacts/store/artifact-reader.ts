import { z } from 'zod';
import { sha256 } from '../../platform/digest.ts';
import { IntegrityError, messageOf, quote } from '../../platform/errors.ts';
import { readHostileArchive } from './artifact-archive.ts';
import { checkDigest, checkStoredSize } from './artifact-download.ts';
import { type ApiAccess, getFromApi, getSigned, PassingError, withRetries } from './artifact-http.ts';
import { parseArtifactName } from './artifact-name.ts';
import type { StoredArtifact } from './artifact-store.ts';
import { type EvaluationArtifact, evaluationLimits, parseEvaluationArtifact } from './evaluation-artifact.ts';

/** What is read of GitHub's answer; it says much more. */
const pageSchema = z.object({
  artifacts: z.array(
    z.object({
      id: z.int(),
      name: z.string(),
      size_in_bytes: z.int(),
      expired: z.boolean(),
      digest: z.string().nullish(),
    }),
  ),
});

const pageSize = 100;
/** GitHub allows 500 artifacts for a job; a run with more than these is not one of Ciclo's. */
const mostPages = 10;
/** A repository with more pipelines than that gets comments for the first. */
const mostEvaluations = 20;
/** Milliseconds for a whole download. */
const downloadTimeout = 300_000;

/** Reads the artifacts of another run of the repository, which may be a stranger's: of a pull request from a fork. */
export interface EvaluationReader {
  /** The run's evaluations, the newest of each pipeline, at most 20. */
  list(runId: number): Promise<readonly StoredArtifact[]>;
  /** Everything checked: size, names, digests, schema. @throws IntegrityError when anything is not as it must be. */
  read(artifact: StoredArtifact): Promise<EvaluationArtifact>;
}

/** Both @throws ConfigurationError when the token may not read them, PassingError when GitHub does not answer. */
export function createEvaluationReader(access: ApiAccess): EvaluationReader {
  return {
    async list(runId) {
      const newest = new Map<string, StoredArtifact>();
      for (const artifact of await listRunArtifacts(access, runId)) {
        const name = parseArtifactName(artifact.name);
        if (name?.kind === 'evaluation' && !newest.has(name.pipeline)) newest.set(name.pipeline, artifact);
      }
      return [...newest.values()].slice(0, mostEvaluations);
    },
    async read(artifact) {
      const zip = await readRunArtifact(access, artifact, evaluationLimits.totalBytes);
      return parseEvaluationArtifact(await readHostileArchive(zip, evaluationLimits), artifact.name);
    },
  };
}

/** The artifacts of a run that have not expired, newest first, at most 1,000. */
export async function listRunArtifacts(access: ApiAccess, runId: number): Promise<readonly StoredArtifact[]> {
  const found: StoredArtifact[] = [];
  for (let page = 1; page <= mostPages; page++) {
    const { artifacts } = await withRetries(access, () => readPage(access, runId, page));
    for (const { id, name, size_in_bytes: size, expired, digest } of artifacts) {
      if (!expired) found.push({ id, name, size, ...(digest ? { digest } : {}) });
    }
    if (artifacts.length < pageSize) break;
  }
  return found.sort((a, b) => b.id - a.id);
}

async function readPage(
  access: ApiAccess,
  runId: number,
  page: number,
): Promise<z.output<typeof pageSchema>> {
  const what = `the artifacts of run ${runId}`;
  const path = `actions/runs/${runId}/artifacts?per_page=${pageSize}&page=${page}`;
  const response = await getFromApi(access, path, what);
  const text = await response.text().catch((error: unknown) => {
    throw new PassingError(`cannot read ${what}: ${messageOf(error)}`, { cause: error });
  });
  return pageSchema.parse(JSON.parse(text));
}

/**
 * Downloads an artifact's archive into memory. The token goes only to the API, which answers with a signed address.
 *
 * @param most bytes: an artifact that claims more is not asked for, one that sends more is cut off.
 * @throws IntegrityError when it is larger, or not what the API's digest says.
 */
export async function readRunArtifact(
  access: ApiAccess,
  artifact: StoredArtifact,
  most: number,
): Promise<Uint8Array> {
  checkStoredSize(artifact, most);
  if (artifact.digest === undefined) {
    throw new IntegrityError(
      `GitHub states no digest of the artifact ${quote(artifact.name)}, as it does for all that Ciclo's actions upload: it is refused`,
    );
  }
  const what = `the artifact ${quote(artifact.name)}`;
  const zip = await withRetries(access, async () => {
    const response = await getFromApi(access, `actions/artifacts/${artifact.id}/zip`, what);
    await response.body?.cancel();
    return readBody(await getSigned(signedAddress(response, access, what), what), most, what);
  });
  checkDigest(artifact.name, artifact.digest, sha256(zip));
  return zip;
}

function signedAddress(response: Response, { apiUrl }: ApiAccess, what: string): URL {
  const location = response.headers.get('location');
  if (response.status !== 302 || location === null || !URL.canParse(location)) {
    throw new Error(
      `cannot download ${what}: GitHub answered ${response.status} without an address to download from`,
    );
  }
  const url = new URL(location);
  // Plain http only where the API itself is requested by it: on this machine, in tests.
  if (url.protocol !== 'https:' && url.protocol !== new URL(apiUrl).protocol) {
    throw new Error(
      `cannot download ${what}: GitHub sent an address of ${quote(url.origin)}, which is not https`,
    );
  }
  return url;
}

async function readBody(response: Response, most: number, what: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const late = AbortSignal.timeout(downloadTimeout);
  try {
    for await (const chunk of response.body ?? []) {
      late.throwIfAborted();
      bytes += chunk.byteLength;
      if (bytes > most) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw new PassingError(`cannot download ${what}: ${messageOf(error)} after ${bytes} bytes`, {
      cause: error,
    });
  }
  if (bytes > most) {
    throw new IntegrityError(`${what} sends more than ${most} bytes, though it claims fewer: it is refused`);
  }
  return Buffer.concat(chunks);
}
