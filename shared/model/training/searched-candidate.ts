// A candidate whose settings are searched: what was tried of it, and what it is in the end.

import type { RaceEvidence, Races } from '../search/races.ts';
import type { Setting } from '../search/search-axes.ts';
import type { CandidateEnd } from './candidate-job.ts';
import type { FittedCandidate } from './fit-candidate.ts';
import { type FoldedCandidate, foldedCandidate, foldModel } from './fold-models.ts';
import type { FoldsContext } from './folds-context.ts';
import type { NamedCandidate } from './named-candidates.ts';
import { pickPredictions, placePredictions } from './picked-predictions.ts';
import type { LossSums } from './search-losses.ts';
import type { SearchRung } from './search-rungs.ts';

/** A candidate in a search. */
export interface SearchedCandidate {
  /** As it is declared. */
  readonly own: FoldedCandidate;
  /** Beside its own, from 1 on. */
  readonly settings: readonly Setting[];
  readonly races: Races;
  readonly sums: LossSums;
  readonly evidence: RaceEvidence;
  /** By fold, how much its rows count together. */
  readonly rowsByFold: Float64Array;
  /** By setting (the first is no. 1) its models by fold. */
  readonly fitted: readonly Map<number, FittedCandidate>[];
  /** Whether there are more settings than are tried. */
  readonly isShort: boolean;
  /** By setting, at how many rungs it was trained. */
  readonly rungs: Uint32Array;
}

/** A setting as a candidate to be trained: it has the candidate's name, so that it draws the same random numbers. */
export function trialOf({ own, settings }: SearchedCandidate, setting: number): NamedCandidate {
  if (setting === 0) return own.candidate;
  const { options } = own.candidate;
  // What the axes vary are keys of the candidate's kind, with values that its schema allows.
  const varied = { ...options, ...settings[setting - 1]! } as typeof options;
  return { ...own.candidate, options: varied, trial: setting };
}

/**
 * Takes in how a setting's training at a rung ended. One that diverges is out of all races.
 *
 * @param own losses of the candidate's own setting, trained on as many rows.
 */
export async function recordTrial(
  { evidence, fitted, sums, rungs }: SearchedCandidate,
  { setting, on: { fold, data } }: { readonly setting: number; readonly on: SearchRung },
  end: CandidateEnd,
  own: Float64Array,
  { folds, input, judged }: FoldsContext,
): Promise<void> {
  const known = evidence.losses[setting - 1]!;
  rungs[setting - 1]!++;
  evidence.own[setting - 1]!.set(own);
  if (end.kind === 'diverged') {
    known.fill(Number.NaN);
    return;
  }
  const { predicted } = await foldModel(end.fitted, folds[fold]!, input.schema);
  const { losses } = sums(predicted, judged.places[fold]!);
  for (const [other, loss] of losses.entries()) if (!Number.isNaN(loss)) known[other] = loss;
  // A model of a sample of the rows is none of the folds' models.
  if (data === folds[fold]!.data) fitted[setting - 1]!.set(fold, end.fitted);
}

/**
 * What a candidate's own setting costs, trained on a sample of the rows.
 *
 * @returns by fold; NaN where it diverged: then nothing can be compared with it there.
 */
export async function ownLosses(
  { sums }: SearchedCandidate,
  { fold }: SearchRung,
  end: CandidateEnd,
  { folds, input, judged }: FoldsContext,
): Promise<Float64Array> {
  if (end.kind === 'diverged') return new Float64Array(input.count).fill(Number.NaN);
  const { predicted } = await foldModel(end.fitted, folds[fold]!, input.schema);
  return sums(predicted, judged.places[fold]!).losses;
}

/**
 * The candidate after its search: deployed is the setting that is best on all rows; the rows of each fold are predicted, and judged,
 * by the models of the setting that is best on the others.
 */
export async function candidateAfterSearch(
  searched: SearchedCandidate,
  context: FoldsContext,
): Promise<FoldedCandidate> {
  const { input, folds, judged } = context;
  const { deployed, byFold } = searched.races.winners(searched.evidence);
  const known = new Map<number, FoldedCandidate>([[0, searched.own]]);
  for (const setting of [deployed, ...byFold]) {
    if (known.has(setting)) continue;
    const { trial: _, ...candidate } = trialOf(searched, setting);
    const fitted = folds.map((_, fold) => searched.fitted[setting - 1]!.get(fold)!);
    known.set(
      setting,
      await foldedCandidate({ candidate, fitted }, folds, { schema: input.schema, places: judged.places }),
    );
  }
  const kept = known.get(deployed)!;
  const without = byFold.map((setting) => known.get(setting)!);
  const parts = without.map(({ predicted }, fold) => {
    const rows = Uint32Array.from(judged.folds.keys()).filter((row) => judged.folds[row] === fold);
    return { predicted: pickPredictions(predicted, rows), rows };
  });
  return {
    ...kept,
    predicted: placePredictions(parts, judged.rows.length),
    // The only model of many rows is the deployed one; its folds are of the judged rows alone.
    ...(input.split
      ? {}
      : {
          models: without.map(({ models }, fold) => models[fold]!),
          fitted: without.map(({ fitted }, fold) => fitted[fold]!),
        }),
  };
}
