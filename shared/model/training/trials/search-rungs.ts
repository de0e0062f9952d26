// On what the settings of a search are trained, rung by rung.
import { compileRecipe } from '../../../dataset/recipe/recipe-runner.ts';
import { takeRows } from '../../../dataset/table/table.ts';
import { createRandom } from '../../../platform/random.ts';
import { targetsOf } from '../data/targets.ts';
import { type CandidateData, trainingDataOf } from '../data/training-data.ts';
import type { FoldData } from '../folds/fold-data.ts';
import type { FoldsContext } from '../folds/folds-context.ts';

/** What a setting is trained on at one rung. */
export interface SearchRung {
  /** Which of the folds' data. */
  readonly fold: number;
  readonly data: CandidateData;
}

/** The rungs of a search. */
export interface SearchRungs {
  readonly count: number;
  /** What a setting, from 1, is trained on at a rung, from 0. */
  at(setting: number, rung: number): SearchRung;
  /** Whether the candidate's own setting is trained there, too: it is not known of these rows. */
  needsOwn(rung: number): boolean;
}

/** Shares of the training rows where one model is trained on all: each rung takes as long as the one before it. */
const sampleShares = [1 / 9, 1 / 3, 1];

/** Fewer rows than this say too little of how a setting does on all. */
const fewestSampled = 5000;

/**
 * Of rows in folds a rung is a further fold, for each setting another one, so that its model is one of the folds' models. Of one
 * model on many rows, a rung is a larger sample of its training rows.
 */
export function searchRungs({ folds, input }: FoldsContext): SearchRungs {
  if (!input.split) {
    return {
      count: folds.length,
      needsOwn: () => false,
      at(setting, rung) {
        const fold = (setting + rung) % folds.length;
        return { fold, data: folds[fold]!.data };
      },
    };
  }
  const [only] = folds as [FoldData];
  const { train } = only.data.splits;
  const shares = sampleShares.filter((share) => share === 1 || share * train.rows >= fewestSampled);
  const order = createRandom(input.config.train.seed)
    .fork('search')
    .fork('sample')
    .shuffle(Uint32Array.from({ length: train.rows }, (_, row) => row));
  const samples = shares.map((share) => (share === 1 ? only.data : sampled(only.data, order, share)));
  return {
    count: shares.length,
    needsOwn: (rung) => rung < shares.length - 1,
    at: (_, rung) => ({ fold: 0, data: samples[rung]! }),
  };
}

/** A share of the training rows, of each class as large a one. @param order of all rows, drawn once, so that a larger sample holds the smaller. */
function sampled({ splits }: CandidateData, order: Uint32Array, share: number): CandidateData {
  const targets = targetsOf(splits.train, splits.schema);
  const classOf = (row: number): number => (targets.kind === 'classes' ? targets.codes[row]! : 0);
  const left = new Map<number, number>();
  for (const row of order) left.set(classOf(row), (left.get(classOf(row)) ?? 0) + 1);
  for (const [code, count] of left) left.set(code, Math.ceil(share * count));
  const rows = order.filter((row) => {
    const more = left.get(classOf(row))!;
    left.set(classOf(row), more - 1);
    return more > 0;
  });
  return trainingDataOf(
    { ...splits, train: takeRows(splits.train, rows.sort()) },
    compileRecipe(splits.recipe),
  );
}
