// A candidate whose settings are searched: what was tried of it, and what it is in the end.

import type { RaceEvidence, Races } from '../../search/races.ts';
import type { Setting } from '../../search/search-axes.ts';
import type { NamedCandidate } from '../candidates/named-candidates.ts';
import { pickPredictions, placePredictions } from '../choice/picked-predictions.ts';
import type { CandidateEnd } from '../fitting/candidate-job.ts';
import type { FittedCandidate } from '../fitting/fit-candidate.ts';
import { type FoldedCandidate, foldedCandidate, foldModel } from '../folds/fold-models.ts';
import type { FoldsContext } from '../folds/folds-context.ts';
import type { Judgement } from './search-losses.ts';
import type { SearchRung } from './search-rungs.ts';

/** A candidate in a search. */
export interface SearchedCandidate {
  /** As it is declared. */
  readonly own: FoldedCandidate;
  /** Beside its own, from 1 on. */
  readonly settings: readonly Setting[];
  readonly races: Races;
  readonly judgement: Judgement;
  readonly evidence: RaceEvidence;
  /** By fold, how much its rows count together. */
  readonly weightByFold: Float64Array;
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
 * @param own by judged row, what the candidate's own setting costs, trained on as many rows.
 */
export async function recordTrial(
  searched: SearchedCandidate,
  { setting, on }: { readonly setting: number; readonly on: SearchRung },
  end: CandidateEnd,
  own: Float64Array,
  context: FoldsContext,
): Promise<void> {
  const { evidence, fitted, rungs } = searched;
  const [losses, owns, squares] = [evidence.losses, evidence.own, evidence.squares].map(
    (bySetting) => bySetting[setting - 1]!,
  ) as [Float64Array, Float64Array, Float64Array];
  rungs[setting - 1]!++;
  if (end.kind === 'diverged') {
    losses.fill(Number.NaN);
    return;
  }
  const { folds, judged } = context;
  const known = await lossesAt(searched, on, end, context);
  const rows = judged.folds.keys().filter((row) => !Number.isNaN(known[row]!));
  const seen = new Set<number>();
  for (const row of rows) {
    const fold = judged.folds[row]!;
    // A larger sample of the training rows takes the place of a smaller.
    if (!seen.has(fold)) losses[fold] = owns[fold] = squares[fold] = 0;
    seen.add(fold);
    losses[fold]! += known[row]!;
    owns[fold]! += own[row]!;
    squares[fold]! += (known[row]! - own[row]!) ** 2;
  }
  // A model of a sample of the rows is none of the folds' models.
  if (on.data === folds[on.fold]!.data) fitted[setting - 1]!.set(on.fold, end.fitted);
}

/** By judged row, what a training at a rung costs; NaN where it diverged, or the row is of another fold. */
export async function lossesAt(
  { judgement }: SearchedCandidate,
  { fold }: SearchRung,
  end: CandidateEnd,
  { folds, input, judged }: FoldsContext,
): Promise<Float64Array> {
  if (end.kind === 'diverged') return new Float64Array(judged.folds.length).fill(Number.NaN);
  const { predicted } = await foldModel(end.fitted, folds[fold]!, input.schema);
  return judgement.lossesOf(predicted, judged.places[fold]!);
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
