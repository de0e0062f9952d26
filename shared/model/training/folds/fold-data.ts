// Models of folds: their rows, their fits, and the choice by their predictions together.
import type { Config } from '../../../config/sections/schema.ts';
import { fitRecipe, type Recipe } from '../../../dataset/recipe/recipe.ts';
import { compileRecipe } from '../../../dataset/recipe/recipe-runner.ts';
import type { DatasetSchema } from '../../../dataset/schema/schema.ts';
import { type FoldedTable, type FoldRows, foldPlan } from '../../../dataset/split/fold-plan.ts';
import { takeCompacted } from '../../../dataset/split/side-tables.ts';
import { type SplitTable, withoutColumn } from '../../../dataset/split/split-table.ts';
import type { HandoverRows } from '../../command/handover.ts';
import { type CandidateData, trainingDataOf } from '../data/training-data.ts';

/** Rows in folds, and how models learn from them. The recipe is that of all rows. */
export interface TrainFoldsInput {
  readonly schema: DatasetSchema;
  readonly recipe: Recipe;
  readonly rows: FoldedTable;
  /** How many folds there are. */
  readonly count: number;
  /** Where folds are by time: the rows' event times. */
  readonly times?: Float64Array | undefined;
  /** Whether the rows of `split` are divided by time: those that stop come after those that are learned from. */
  readonly isByTime?: boolean | undefined;
  /** Columns that models do not read as numbers. */
  readonly leftOut?: ReadonlySet<string> | undefined;
  /** In place of the folds' models one alone, of which the folds are only those that weights are found in. */
  readonly split?: FoldRows | undefined;
  readonly config: Config;
}

/** What the models of one fold are trained on, and what they predict. */
export interface FoldData {
  readonly fold: number;
  /** Rows of the dataset. */
  readonly rows: FoldRows;
  readonly train: SplitTable;
  readonly predict: SplitTable;
  /** Fitted on the fold's training rows alone. */
  readonly recipe: Recipe;
  readonly data: CandidateData;
  readonly handover: HandoverRows;
}

/** Every fold's data: recipe, scale of the target and weights of classes are those of its training rows. */
export function foldsOf(input: TrainFoldsInput): FoldData[] {
  const { schema, rows, count, times, config, split, leftOut } = input;
  const plans = split ? [split] : foldPlan(rows.folds, count, times && { times });
  return plans.map((plan) => {
    const [train, stop, predict] = [plan.train, plan.stop, plan.predict].map((places) =>
      take(rows, places),
    ) as [SplitTable, SplitTable, SplitTable];
    // The recipe of a dataset with sides is of the very rows that its only model learns from.
    const recipe = split ? input.recipe : fitRecipe(train.table, schema, config);
    const splits = {
      ...{ schema, recipe, train: train.table, validation: stop.table, available: rows.table.rows },
      leftOut,
    };
    return {
      ...{ fold: plan.fold, rows: plan, train, predict, recipe },
      data: trainingDataOf(splits, compileRecipe(recipe)),
      handover: {
        ...{ train, validation: stop },
        heldOut: withoutColumn(predict, schema.target),
        fold: plan.fold,
      },
    };
  });
}

/** All rows, for the model that is deployed: nothing stops its training early. */
export function wholeData({ schema, recipe, rows, leftOut }: TrainFoldsInput): CandidateData {
  const { table } = rows;
  const splits = { schema, recipe, train: table, validation: undefined, available: table.rows, leftOut };
  return trainingDataOf(splits, compileRecipe(recipe));
}

/**
 * All rows as a command gets them in the end. A model that it writes is compared with its own predictions, of rows that it
 * has not seen: those of the first fold are kept back for that.
 */
export function wholeHandover({ schema, rows }: TrainFoldsInput): HandoverRows {
  const where = (wanted: (fold: number) => boolean): Uint32Array =>
    Uint32Array.from(rows.folds.keys()).filter((row) => wanted(rows.folds[row]!));
  const kept = take(
    rows,
    where((fold) => fold === 0),
  );
  return {
    train: take(
      rows,
      where((fold) => fold !== 0),
    ),
    validation: kept,
    heldOut: withoutColumn(kept, schema.target),
    fold: 'final',
  };
}

function take({ table, ids }: SplitTable, rows: Uint32Array): SplitTable {
  return { table: takeCompacted(table, rows), ids: BigUint64Array.from(rows, (row) => ids[row]!) };
}

/** What was noticed of folds and not of all rows, each kind once. @param known what was noticed of all. */
export function foldWarnings(folds: readonly FoldData[], known: readonly string[]): string[] {
  const kindOf = (warning: string): string => warning.replaceAll(/\d+/g, '#');
  const seen = new Set(known.map(kindOf));
  const found: string[] = [];
  for (const { fold, data } of folds) {
    for (const warning of data.warnings) {
      if (seen.has(kindOf(warning))) continue;
      seen.add(kindOf(warning));
      found.push(`the models of fold ${fold + 1}: ${warning}`);
    }
  }
  return found;
}
