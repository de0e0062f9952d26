import { z } from 'zod';
import { isStoredIndexName } from '../../dataset/table/index-name.ts';
import { quote } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ReadOptions } from '../types.ts';
import { featureLine } from './feature-line.ts';

/** What pandas states of the columns of a file that it wrote; an index that is a range has no column. */
const pandasSchema = z.object({ index_columns: z.array(z.unknown()) });

/**
 * Columns that are the index of a pandas table and no data: those that pandas names itself, and, where ciclo.yml says
 * which columns it names, others that the file's metadata calls an index. A column that is named there is kept.
 *
 * @param metadata the JSON under the key `pandas` of the file's schema.
 */
export function leftOutIndex(
  columns: readonly string[],
  metadata: string | undefined,
  { namedColumns, columns: wanted }: Pick<ReadOptions, 'namedColumns' | 'columns'>,
  logger: Logger,
): ReadonlySet<string> {
  const stated = namedColumns ? indexColumns(metadata) : new Set<string>();
  const leftOut = columns.filter(
    (name) => (isStoredIndexName(name) || stated.has(name)) && !namedColumns?.has(name) && !wanted?.has(name),
  );
  for (const name of leftOut) {
    logger.warn(
      `column ${quote(name)} is the index of a pandas table and is left out ` +
        `(to_parquet(index=False) does not write it); to keep it, add ${featureLine(name, 'number')}`,
    );
  }
  return new Set(leftOut);
}

function indexColumns(metadata: string | undefined): Set<string> {
  if (metadata === undefined) return new Set();
  try {
    const { index_columns: found } = pandasSchema.parse(JSON.parse(metadata));
    return new Set(found.filter((name) => typeof name === 'string'));
  } catch {
    // What pandas did not write says nothing of an index.
    return new Set();
  }
}
