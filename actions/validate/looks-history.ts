import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { SplitTable } from '../../shared/dataset/split/split-table.ts';
import { type JudgedRowsRecord, withModel } from '../../shared/metrics/evaluation/looks.ts';
import { sha256 } from '../../shared/platform/digest.ts';
import { formatJson } from '../../shared/platform/json.ts';
import type { Logger } from '../../shared/platform/logger.ts';
import { temporaryBeside } from '../../shared/platform/unfinished.ts';

const file = 'judged.json';
const schema = z.strictObject({
  version: z.literal(1),
  rows: z.string(),
  models: z.array(z.string()),
});

/** Which test rows: a digest of their ids, in whatever order. */
export function rowsDigest({ ids }: SplitTable): string {
  const sorted = ids.toSorted();
  return sha256(new Uint8Array(sorted.buffer, sorted.byteOffset, sorted.byteLength));
}

/**
 * Notes in the run directory that the test rows have judged a model, and says which they have judged there. It is no result:
 * neither digests nor fingerprints know it.
 */
export async function rememberLook(
  runDirectory: string,
  look: { readonly rows: string; readonly model: string },
  { logger }: { readonly logger: Logger },
): Promise<JudgedRowsRecord> {
  const place = path.join(runDirectory, file);
  const before = await readHistory(place, logger);
  const record = withModel(before, look);
  const temporary = temporaryBeside(runDirectory, file);
  await mkdir(runDirectory, { recursive: true });
  await writeFile(temporary, formatJson({ version: 1, ...record }));
  await rename(temporary, place);
  return record;
}

async function readHistory(place: string, logger: Logger): Promise<JudgedRowsRecord | undefined> {
  let text: string;
  try {
    text = await readFile(place, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { version: _version, ...record } = schema.parse(JSON.parse(text));
    return record;
  } catch {
    logger.warn(`${place} cannot be read, so how often the test rows have judged starts again from zero`);
    return undefined;
  }
}
