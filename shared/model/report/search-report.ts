// What a search among settings tried, and what it bought, as training.json has it.
import { z } from 'zod';

const searchedSetting = z.strictObject({
  /** Keys of the candidate in ciclo.yml that it varies, and their values. */
  options: z.record(z.string(), z.unknown()),
  /** In how many rungs it was trained before another one was better; of rows in folds that is in how many folds. */
  rungs: z.int().min(0),
  /** Of `loss`, on the rows for which it is known; absent where its training diverged. */
  loss: z.number().optional(),
  /** The same of the candidate's own setting, on the same rows. */
  own: z.number().optional(),
});

const searchedCandidate = z.strictObject({
  name: z.string(),
  type: z.string(),
  /** Beside the candidate's own setting, which is no. 0. */
  settings: z.array(searchedSetting),
  /** Which setting is deployed, by the rows of all folds: 0, or a place in `settings` from 1. */
  deployed: z.int().min(0),
  /** Which setting predicts the rows of each fold, chosen by those of the others. */
  byFold: z.array(z.int().min(0)),
});

export const searchReportSchema = z.strictObject({
  /** Settings that were tried, each candidate's own among them. */
  trials: z.int(),
  /** Trainings that the search took, each of a setting in a fold, or on a sample. */
  trainings: z.int(),
  /** By what settings were compared; of a squared error figures are roots of the mean. */
  loss: z.enum(['squared error', 'absolute error', 'log-loss']),
  candidates: z.array(searchedCandidate),
  /** Of `metric`, of the model, its settings for each fold's rows chosen by the others. */
  score: z.number(),
  /** Of `metric`, of the model with every candidate as it is declared. */
  without: z.number(),
});

export type SearchReport = z.output<typeof searchReportSchema>;
export type SearchedSettingReport = z.output<typeof searchedSetting>;
