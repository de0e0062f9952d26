import type { SplitRecord } from '../../shared/artifacts/folders/manifest.ts';
import { keyWords } from '../../shared/dataset/identity/row-id.ts';
import type { DatasetSchema } from '../../shared/dataset/schema/schema.ts';
import { positionOf } from '../../shared/dataset/split/split.ts';
import type { SplitTable } from '../../shared/dataset/split/split-table.ts';
import { columnOf } from '../../shared/dataset/table/table.ts';

/** How a model's rows were divided: its split, and the schema that its columns then had. */
export interface DividedRows {
  readonly split: SplitRecord;
  readonly schema: DatasetSchema;
}

/**
 * Why it is unknown which of today's test rows the champion was not trained on; undefined when it is known.
 *
 * @param champion how the champion's rows were divided.
 * @param now how today's are.
 */
export function whyUntellable(champion: DividedRows, now: DividedRows): string | undefined {
  const old = champion.split;
  if (old.folds) {
    return 'it was judged on rows in folds, and its bundle does not hold what its folds’ models said of them (out-of-fold.arrow), as it may not where people may read the bundle and not the data';
  }
  if (old.by === 'time') return whyTimeDiffers(champion, now.schema);
  if (hashesDiffer(old, now.split)) {
    return 'its keys were hashed as their columns were typed, this model’s by value, and rows lie elsewhere since, so that its test rows cannot be distinguished from its training rows';
  }
  if ((old.apart ?? false) !== (now.split.apart ?? false)) {
    return `its rows of equal key were divided ${old.apart ? 'one by one' : 'together'}, this model’s ${old.apart ? 'together' : 'one by one'}, so that its test rows cannot be distinguished from its training rows`;
  }
  if (old.group !== undefined) {
    const { split } = now;
    const alike = split.by === 'hash' && split.group === old.group && split.seed === old.seed;
    const within = alike && (split.folds !== undefined || split.test <= old.test);
    if (within) return undefined;
    return `its rows were divided by ${old.group}, and this model's by another column, seed or share, so that its test rows cannot be distinguished from its training rows`;
  }
  if (old.key.join('\n') === now.split.key.join('\n')) return undefined;
  return `its rows were identified by ${old.key.join(', ')}, this model's by ${now.split.key.join(', ')}, so that its test rows cannot be distinguished from its training rows`;
}

/** Where no row lies elsewhere by the one hash than by the other, they are the same. */
function hashesDiffer(old: SplitRecord, now: SplitRecord): boolean {
  if ((old.hash ?? 1) === (now.hash ?? 1)) return false;
  return !(old.unmoved ?? true) || !(now.unmoved ?? true);
}

function whyTimeDiffers({ split, schema }: DividedRows, now: DatasetSchema): string | undefined {
  const { time, testFrom } = split;
  if (time === undefined || testFrom === undefined) {
    return 'its manifest does not say from when on its rows were test rows';
  }
  const typeIn = ({ columns }: DatasetSchema) => columns.find(({ name }) => name === time)?.type;
  const [then, today] = [typeIn(schema), typeIn(now)];
  if (today === undefined) {
    return `its rows were divided by the time ${time}, which the data no longer has`;
  }
  if (today === then) return undefined;
  return `its rows were divided by the time ${time} as a ${then ?? 'column of unknown type'}, which is now a ${today}`;
}

/**
 * The numbers of the rows that were not there for the champion to be trained on: test rows under its split too.
 *
 * @param side test rows under today's split, of which `whyUntellable` says nothing; or all rows, with their folds. @param count of
 *   folds.
 */
export function unseenRows(
  champion: SplitRecord,
  side: SplitTable & { readonly folds?: Uint8Array },
  count?: number,
): Uint32Array {
  const unseen = unseenBy(champion, side, count);
  return Uint32Array.from({ length: side.table.rows }, (_, row) => row).filter(unseen);
}

function unseenBy(
  champion: SplitRecord,
  { table, ids, folds }: SplitTable & { readonly folds?: Uint8Array },
  count: number | undefined,
): (row: number) => boolean {
  if (champion.by === 'time') {
    const column = columnOf(table, champion.time!);
    if (column.type !== 'number' && column.type !== 'date') {
      throw new TypeError(`the time column ${champion.time} is a ${column.type}`);
    }
    return (row) => column.values[row]! >= champion.testFrom!;
  }
  // Folds and sides are cut from the same line of positions: a fold that ends before the share of the test is of test rows.
  if (champion.group !== undefined && folds && count !== undefined) {
    return (row) => (folds[row]! + 1) / count <= champion.test + 1e-12;
  }
  // Equal groups and seed, and no larger share: what is a test row today was one then.
  if (champion.group !== undefined) return () => true;
  const words = keyWords(ids);
  return (row) => positionOf(words[row]!, champion.seed) < champion.test;
}
