import { validateSchema } from '../../shared/config/sections/validate-section.ts';
import { profileOver, profileTable } from '../../shared/dataset/profile/profile.ts';
import { type Table, tableOf } from '../../shared/dataset/table/table.ts';
import { compareTables } from '../../shared/drift/drift.ts';
import type { DriftReport } from '../../shared/drift/report/drift-report.ts';
import { evaluate } from '../../shared/metrics/evaluate.ts';
import { challengerOutcome } from '../../shared/metrics/evaluation/challenger-outcome.ts';
import type { Evaluation } from '../../shared/metrics/evaluation/evaluation.ts';
import { meaningOf } from '../../shared/metrics/evaluation/verdict.ts';
import type { Predictions } from '../../shared/metrics/rows/predictions.ts';
import { silentLogger } from '../../shared/platform/logger.ts';
import { features, fitRows, predictRows, type Rows, takeRowsOf } from './world.ts';

/** A way of keeping a model up. */
export interface Policy {
  readonly name: string;
  /** Which checks lead to a retraining. */
  readonly on: 'nothing' | 'drift' | 'every period';
  /** On which rows challenger and champion are compared; absent: what was trained goes live. */
  readonly evidence?: 'hold-out' | 'folds, newer rows decide';
  /** How sure a gain must be: the 95% interval above 0, or one-sided. */
  readonly better?: 'surely' | number;
  /** A change of structure opens an issue and trains nothing. */
  readonly structure?: boolean;
}

export const policies: readonly Policy[] = [
  { name: 'never', on: 'nothing' },
  { name: 'as it was: 95% two-sided, hold-out', on: 'drift', evidence: 'hold-out', better: 'surely' },
  { name: '80% one-sided, hold-out', on: 'drift', evidence: 'hold-out', better: 0.8 },
  {
    ...{ name: 'as it is, structure ignored', on: 'drift', better: 0.8 },
    evidence: 'folds, newer rows decide',
  },
  {
    ...{ name: 'as it is: 80% one-sided, folds, structure', on: 'drift', better: 0.8 },
    ...{ evidence: 'folds, newer rows decide', structure: true },
  },
  { name: 'always', on: 'every period' },
];

/** A model in production. */
export interface Champion {
  readonly model: Float64Array;
  /** So many of the rows were there when it was trained: those that came first. */
  readonly rows: number;
  /** Out-of-fold predictions of those. */
  readonly outOfFold: Float64Array;
}

const folds = 5;
/** A row's fold, and with `folds` 5 the hold-out too: fold 0 is 20%. Rows are independent, so their number is as good as a hash. */
const foldOf = (row: number): number => ((row * 2_654_435_761) % 4_294_967_296) % folds;

const placesOf = (rows: number, wanted: (row: number) => boolean): number[] =>
  Array.from({ length: rows }, (_, row) => row).filter(wanted);

/** Trains on all rows, or on those that the hold-out leaves. */
export function trainOn(rows: Rows, evidence: Policy['evidence']): Champion {
  const count = rows.y.length;
  const outOfFold = new Float64Array(count);
  if (evidence === 'folds, newer rows decide') {
    for (let fold = 0; fold < folds; fold++) {
      const inside = placesOf(count, (row) => foldOf(row) === fold);
      const model = fitRows(
        takeRowsOf(
          rows,
          placesOf(count, (row) => foldOf(row) !== fold),
        ),
      );
      for (const [i, value] of predictRows(model, takeRowsOf(rows, inside)).entries())
        outOfFold[inside[i]!] = value;
    }
  }
  const own =
    evidence === 'hold-out'
      ? takeRowsOf(
          rows,
          placesOf(count, (row) => foldOf(row) !== 0),
        )
      : rows;
  return { model: fitRows(own), rows: count, outOfFold };
}

const validate = validateSchema.parse({
  primary: 'rmse',
  metrics: ['rmse'],
  gates: [{ metric: 'rmse', champion: { 'worse-by-at-most': '2%' } }],
  bootstrap: { resamples: 400 },
});

const regression = (actual: Float64Array, predicted: Float64Array): Predictions => ({
  task: 'regression',
  actual,
  predicted,
});

/** Whether a challenger goes live, as drift-check decides it. */
export function isAdopted(evaluation: Evaluation, better: NonNullable<Policy['better']>): boolean {
  if (better !== 'surely') return challengerOutcome(evaluation, better) === 'better';
  return evaluation.champion?.better?.surely === true && meaningOf(evaluation.verdict).deployable;
}

/** Champion and challenger on the same rows, as validate judges them. */
export function judge(
  challenger: Champion,
  champion: Champion,
  { rows, evidence }: { readonly rows: Rows; readonly evidence: NonNullable<Policy['evidence']> },
): Evaluation {
  const count = rows.y.length;
  const places = placesOf(count, (row) => evidence !== 'hold-out' || foldOf(row) === 0);
  const judged = takeRowsOf(rows, places);
  const own = evidence === 'hold-out' ? predictRows(challenger.model, judged) : challenger.outOfFold;
  const now = predictRows(champion.model, judged);
  const theirs = evidence === 'hold-out' ? now : now.map((value, row) => champion.outOfFold[row] ?? value);
  const newer = evidence === 'hold-out' ? [] : placesOf(count, (row) => row >= champion.rows);
  return evaluate(
    {
      ...{ pipeline: 'simulation', task: 'regression', target: 'y', slices: [], validate },
      predictions: regression(judged.y, own),
      champion: {
        ...{ name: 'simulation@v1.0.0', predictions: regression(judged.y, theirs) },
        ...(newer.length > 0 ? { newer: Uint32Array.from(newer) } : {}),
      },
    },
    { logger: silentLogger },
  );
}

const names = Array.from({ length: features }, (_, j) => `x${j + 1}`);

/** The features and the truth of some rows. */
function featureTable({ x, y }: Rows): Table {
  const column = (j: number) =>
    ({ type: 'number', values: Float64Array.from(y, (_, i) => x[i * features + j]!) }) as const;
  return tableOf(new Map(names.map((name, j) => [name, column(j)])));
}

function profilesOf(reference: Table, current: Table) {
  const profile = profileTable(reference, {
    ...{ version: 1, task: 'regression', target: 'y', key: [...reference.columns.keys()] },
    columns: [...reference.columns.keys()].map((name) => ({
      ...{ name, type: 'number', role: 'feature', nullable: false },
    })),
  });
  return { reference: profile, current: profileOver(profile, current) };
}

/** What the check of a period finds: features and predictions against those of the champion's rows. */
export function checkOf(champion: Champion, rows: Rows, newest: Rows): DriftReport {
  const reference = takeRowsOf(
    rows,
    placesOf(champion.rows, () => true),
  );
  const [before, now] = [featureTable(reference), featureTable(newest)];
  const predictions = (of: Rows): Table =>
    tableOf(new Map([['prediction', { type: 'number', values: predictRows(champion.model, of) }]]));
  const predicted = profilesOf(predictions(reference), predictions(newest));
  return compareTables({
    ...profilesOf(before, now),
    tables: { reference: before, current: now },
    multivariate: false,
    // As permutation importance has it, for independent features of one spread.
    importance: Object.fromEntries(names.map((name, j) => [name, champion.model[j + 1]! ** 2])),
    prediction: { reference: predicted.reference.columns[0]!, current: predicted.current.columns[0]! },
  });
}
