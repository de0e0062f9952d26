import type { SplitRecord } from '../../shared/artifacts/manifest.ts';
import type { Model } from '../../shared/artifacts/model-folder.ts';
import { keyWords } from '../../shared/dataset/row-id.ts';
import { type DatasetSchema, featureColumns } from '../../shared/dataset/schema.ts';
import { positionOf } from '../../shared/dataset/split.ts';
import type { SplitTable } from '../../shared/dataset/split-table.ts';
import { type Table, takeRows, valueAt } from '../../shared/dataset/table.ts';
import type { Predictions } from '../../shared/metrics/predictions.ts';
import { predictionsOf } from './predictions.ts';

/** The champion's side of a comparison, as `evaluate` takes it. */
export interface JudgedChampion {
  readonly name: string;
  readonly digest: string;
  /** On the rows of `rows`, in their order. */
  readonly predictions?: Predictions;
  /** Test rows that neither model was trained on. */
  readonly rows?: Uint32Array;
  /** Why it cannot be compared. */
  readonly reason?: string;
}

/** The rows to be judged on, and how they came to be test rows. */
export interface TestRows {
  readonly test: SplitTable;
  readonly schema: DatasetSchema;
  readonly split: SplitRecord | undefined;
}

/**
 * Lets the champion predict the challenger's test rows, those that were test rows for the champion too: a row that
 * one of the two was trained on says nothing about which is better.
 */
export function judgeChampion(champion: Model, rows: TestRows): JudgedChampion {
  const identity = { name: champion.manifest.pipeline, digest: champion.manifest.digest };
  const reason = whyIncomparable(champion, rows);
  if (reason !== undefined) return { ...identity, reason };
  const common = commonTestRows(champion.manifest.split!, rows);
  const table = takeRows(rows.test.table, common);
  return { ...identity, rows: common, predictions: predictionsOf(champion.predictor, table, rows.schema) };
}

function whyIncomparable(champion: Model, { schema, test, split }: TestRows): string | undefined {
  const theirs = champion.schema;
  if (theirs.task !== schema.task) return `its task is ${theirs.task}, this model's is ${schema.task}`;
  if (theirs.target !== schema.target) return `it predicts ${theirs.target}, this model ${schema.target}`;
  if (theirs.classes?.join('\n') !== schema.classes?.join('\n')) {
    return `its classes are ${theirs.classes?.join(', ')}, this model's ${schema.classes?.join(', ')}`;
  }
  for (const { name, type } of featureColumns(theirs)) {
    const column = test.table.columns.get(name);
    if (!column) return `it needs the column ${name}, which the data no longer has`;
    if (column.type !== type) return `it needs ${name} as a ${type}, which is now a ${column.type}`;
  }
  const old = champion.manifest.split;
  if (!old || !split) return 'its manifest does not say how its rows were divided';
  return whySplitsDiffer(old, split, test.table);
}

function whySplitsDiffer(old: SplitRecord, now: SplitRecord, test: Table): string | undefined {
  if (old.by === 'time') {
    if (old.time !== undefined && test.columns.has(old.time)) return undefined;
    return `it was divided by the time column ${old.time ?? '(unnamed)'}, which the data no longer has`;
  }
  const grouped = old.group !== undefined || now.group !== undefined;
  if (now.by !== 'hash' || !grouped) {
    return old.key.join('\n') === now.key.join('\n')
      ? undefined
      : `its rows were identified by ${old.key.join(', ')}, this model's by ${now.key.join(', ')}, so that its test rows cannot be told from its training rows`;
  }
  const same = old.group === now.group && old.seed === now.seed && old.test >= now.test;
  return same
    ? undefined
    : 'its rows were divided by other groups, seed or share, so that its test rows cannot be told';
}

/** Row numbers of the test rows that were test rows for the champion. */
function commonTestRows(old: SplitRecord, { test, split }: TestRows): Uint32Array {
  const rows: number[] = [];
  if (old.by === 'time') {
    const times = test.table.columns.get(old.time!)!;
    for (let row = 0; row < test.table.rows; row++) {
      const time = valueAt(times, row);
      if (typeof time === 'number' && time >= old.testFrom!) rows.push(row);
    }
  } else if (split?.group !== undefined) {
    // Same groups, same seed, at least the same share: every test row of now was one of then.
    for (let row = 0; row < test.table.rows; row++) rows.push(row);
  } else {
    const words = keyWords(test.ids);
    for (let row = 0; row < words.length; row++)
      if (positionOf(words[row]!, old.seed) < old.test) rows.push(row);
  }
  return Uint32Array.from(rows);
}
