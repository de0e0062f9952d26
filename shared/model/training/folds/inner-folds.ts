// Rows with sides as parts of a blend are found on them: inner folds of the rows that train and validate, the test untouched.
import { onlyTrains } from '../../../dataset/split/fold-plan.ts';
import { searchFolds } from '../../../dataset/split/fold-rows.ts';
import { stratifiedFolds } from '../../../dataset/split/stratified-folds.ts';
import { stackTables } from '../../../dataset/table/stacked-tables.ts';
import { columnOf } from '../../../dataset/table/table.ts';
import { timesOf } from '../../../dataset/time/window.ts';
import { pickTargets } from '../choice/picked-predictions.ts';
import { targetsOf } from '../data/targets.ts';
import type { TrainModelInput } from '../data/training-input.ts';
import type { TrainFoldsInput } from './fold-data.ts';
import { divisionFrom, weightFolds, wordsOf } from './weight-folds.ts';

/** How many inner folds there are. */
const innerFolds = 5;

/** From so many rows on one model for all of them is enough: they are divided as they are. */
const splitRows = 20_000;

/**
 * Training and validation rows as rows in folds: each with its share of the target, in the order of a seeded hash of keys or
 * groups, or by time. From 20,000 rows on the training rows have one model, stopped by the validation rows, whose folds serve to
 * find weights alone.
 *
 * @returns why the rows cannot be divided, where some fold would be empty or not see a class.
 */
export function innerFoldsOf({
  schema,
  recipe,
  train,
  validation,
  config,
  division,
}: TrainModelInput): TrainFoldsInput | { readonly reason: string } {
  const table = stackTables([train, validation]);
  const { rows } = table;
  const ids = division?.ids ?? BigUint64Array.from({ length: rows }, (_, row) => BigInt(row));
  const targets = targetsOf(table, schema);
  const { seed } = config.train;
  if (rows >= splitRows) {
    const places = (from: number, to: number) =>
      Uint32Array.from({ length: to - from }, (_, at) => from + at);
    const [learned, judged] = [places(0, train.rows), places(train.rows, rows)];
    const found = weightFolds({
      table: validation,
      division: divisionFrom(division, train.rows),
      seed,
      targets: pickTargets(targets, judged),
    });
    if (!found) return { reason: oneUnit(division) };
    const folds = new Uint8Array(rows).fill(onlyTrains);
    folds.set(found.folds, train.rows);
    return {
      ...{ schema, recipe, config, count: found.count },
      rows: { table, ids, folds },
      split: { fold: 0, train: learned, stop: judged, predict: judged },
      isByTime: division?.time !== undefined,
    };
  }
  const words = wordsOf(table, division);
  const times =
    division?.time === undefined ? undefined : timesOf(columnOf(table, division.time), division.time).values;
  const labels =
    targets.kind === 'classes' ? Array.from(targets.codes, (code) => targets.classes[code]!) : undefined;
  const foldsOf = (count: number) => stratifiedFolds({ words, seed, target: targets }, count);
  const { found, reason } = searchFolds({ times, foldsOf, labels }, innerFolds);
  if (!found) return { reason: reason! };
  const { folds, count } = found;
  return { schema, recipe, config, count, times, rows: { table, ids, folds } };
}

/** Why validation rows that stay together cannot be divided. */
function oneUnit(division: TrainModelInput['division']): string {
  const group = division?.group;
  return `all validation rows are of one ${group === undefined ? 'key' : `value of ${group}`}, and a blend’s weights are judged on rows of at least two`;
}
