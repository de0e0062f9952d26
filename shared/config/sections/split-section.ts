import { z } from 'zod';
import { share } from './values.ts';

/** Shares of the rows where ciclo.yml does not say them. */
const usualShare = 0.2;

/** Fewest folds: one is predicted, one stops the training, one trains. */
export const fewestFolds = 3;
export const mostFolds = 20;

export const splitSchema = z.strictObject({
  test: share.optional().meta({
    description: 'Share of the rows that judge the model. Default: 20%. With it there are no folds.',
  }),
  validation: share.optional().meta({
    description:
      'Share of the rows by which training stops and a candidate is chosen. Default: 20%. With it there are no folds.',
  }),
  by: z.enum(['hash', 'time']).default('hash').meta({
    description:
      'hash: seeded hash of the key. time: the newest rows are the test, those before them the validation; with folds, the older half only trains and the newer half is divided.',
  }),
  folds: z
    .union([z.int().min(fewestFolds).max(mostFolds), z.enum(['auto', 'off'])])
    .optional()
    .meta({
      description:
        'In place of test and validation (default: auto, where neither is declared): so many folds, each predicted by models that have not seen it. auto: 5 for a new lock of fewer than 2,000 labelled rows, else test and validation. Kept in ciclo.lock; ciclo lock --folds changes it there.',
    }),
  seed: z.int().min(0).optional().meta({ description: 'Kept in ciclo.lock; default 1.' }),
});

export type SplitConfig = z.output<typeof splitSchema>;

/** A number of folds that is asked for, or none. */
export type FoldChoice = number | 'off';

/**
 * The folds that ciclo.yml asks for. Who declares shares of test or validation rows wants those; who says nothing takes what
 * the lock has.
 */
export function declaredFolds({ folds, test, validation }: SplitConfig): FoldChoice | 'auto' {
  return folds ?? (test === undefined && validation === undefined ? 'auto' : 'off');
}

/** `5 folds`, `training, validation and test rows`. @param folds 0 for none. */
export function divisionWords(folds: number): string {
  return folds === 0 ? 'training, validation and test rows' : `${folds} folds`;
}

/** Shares of the rows, each in (0, 1), together under 1, where there are no folds. */
export function sharesOf({ test = usualShare, validation = usualShare }: SplitConfig): {
  readonly test: number;
  readonly validation: number;
} {
  return { test, validation };
}
