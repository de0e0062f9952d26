// Predictions of rows by models that have seen none of them, as a model folder keeps them.

import { contentDigests } from '../../dataset/identity/content-digest.ts';
import { type DatasetSchema, featureColumns } from '../../dataset/schema/schema.ts';
import type { Table } from '../../dataset/table/table.ts';
import { IntegrityError } from '../../platform/errors.ts';
import { Numbering } from '../../platform/numbering.ts';
import { type FoldedPredictions, foldedTable, readFolded } from './folded-predictions.ts';

/** The rows that were judged out-of-fold, in the order of the dataset, each predicted by the model of its fold. */
export interface OutOfFold extends FoldedPredictions {
  /** By row, of its features and target: see {@link rowDigests}. A row of another digest has been edited since. */
  readonly digests: BigUint64Array;
}

/** The file of a model folder that holds them. */
export const outOfFoldFile = 'out-of-fold.arrow';

/**
 * The digests of rows under a model's schema: of its features and its target. For a comparison with a stored list the rows are
 * digested under the schema of the model that the list belongs to.
 */
export function rowDigests(table: Table, schema: DatasetSchema): BigUint64Array {
  return contentDigests(table, [...featureColumns(schema).map(({ name }) => name), schema.target]);
}

/** out-of-fold.arrow: the columns of {@link foldedTable}, and `digest`, 16 hexadecimal digits. Equal lists are equal bytes. */
export function writeOutOfFold(rows: OutOfFold): Uint8Array {
  const known = new Numbering<string>();
  const digest = {
    type: 'category',
    codes: Int32Array.from(rows.digests, (digest) => known.of(digestText(digest))),
    dictionary: known.values,
  } as const;
  return foldedTable(rows, [['digest', digest]]);
}

/**
 * Reads what {@link writeOutOfFold} wrote.
 *
 * @param schema of the model. @param name what messages call the bytes.
 * @throws IntegrityError that says what is damaged.
 */
export function readOutOfFold(bytes: Uint8Array, schema: DatasetSchema, name = outOfFoldFile): OutOfFold {
  const { table, ...rows } = readFolded(bytes, schema, name);
  const column = table.columns.get('digest');
  if (column?.type !== 'category') throw new IntegrityError(`${name}: it has no column digest of texts`);
  const known = column.dictionary.map((text) => {
    if (/^[\da-f]{16}$/.test(text)) return BigInt(`0x${text}`);
    throw new IntegrityError(`${name}: the digest "${text}" is not of 16 hexadecimal digits`);
  });
  const digests = BigUint64Array.from(column.codes, (code, row) => {
    const digest = known[code];
    if (digest !== undefined) return digest;
    throw new IntegrityError(`${name}: row ${row + 1} has no digest`);
  });
  return { ...rows, digests };
}

const digestText = (digest: bigint): string => digest.toString(16).padStart(16, '0');
