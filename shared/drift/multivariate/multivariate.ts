// Whether all columns together tell old rows from new ones, where no single column does.
import { columnOf, type Table } from '../../dataset/table/table.ts';
import type { Random } from '../../platform/random.ts';
import { chanceWords, plainNumber } from '../../text/number-format.ts';
import { cyclesOf, rowsPerRow } from '../dependence/dependent-columns.ts';
import { effectiveRows } from '../dependence/effective-rows.ts';
import type { DependenceOfSides } from '../dependence/row-dependence.ts';
import type { MultivariateDrift } from '../report/drift-report.ts';
import { classifierTest } from './classifier-test.ts';
import { dealtUnits } from './dealt-units.ts';
import { encodeRows, mostRows } from './encoded-rows.ts';

/** Rows of either side, in times of those that take part, from which on they are too far apart to be alike. */
const sparse = 50;

/** Each permutation fits the classifier again, and at the level of one test this many lose hardly any power. */
const mostPermutations = 199;

export interface MultivariateInput {
  readonly reference: Table;
  readonly current: Table;
  /** Columns that both tables have in the same type. */
  readonly features: readonly string[];
  readonly dependence?: DependenceOfSides | undefined;
}

export interface MultivariateSettings {
  readonly alpha: number;
  readonly minEffect: number;
  readonly permutations: number;
  readonly random: Random;
}

/** The area under the curve that an effect stands for: 0.1 is 0.55. */
function floorOf(minEffect: number): number {
  return (1 + minEffect) / 2;
}

/** The multivariate test where it cannot be made, and why. */
export function notAvailable(minEffect: number, reason: string): MultivariateDrift {
  return {
    outcome: 'not-available',
    auc: null,
    p: null,
    floor: floorOf(minEffect),
    drifted: false,
    rows: { reference: 0, current: 0 },
    reasons: [reason],
  };
}

/** Of the feature whose rows depend most on each other: how many say as much as one independent row. */
function mostRowsPerRow({ reference, current, features, dependence }: MultivariateInput): {
  readonly reference: number;
  readonly current: number;
} {
  const most = { reference: 1, current: 1 };
  // Of very many rows so few are drawn that they hardly follow each other.
  if (Math.min(reference.rows, current.rows) > sparse * mostRows) return most;
  // Groups are dealt whole, however alike their rows are.
  if (!dependence || dependence.reference.of === 'group' || dependence.current.of === 'group') return most;
  for (const name of features) {
    const columns = { reference: columnOf(reference, name), current: columnOf(current, name) };
    const cycles = cyclesOf(columns, dependence);
    const { values } = effectiveRows({
      by: 'time',
      reference: rowsPerRow(columns.reference, dependence.reference, cycles),
      current: rowsPerRow(columns.current, dependence.current, cycles),
    });
    most.reference = Math.max(most.reference, 1 / values.reference);
    most.current = Math.max(most.current, 1 / values.current);
  }
  return most;
}

/** Whether all features together have drifted, which shows changes that no single column does. */
export function multivariateDrift(
  { reference, current, features, dependence }: MultivariateInput,
  { alpha, minEffect, permutations, random }: MultivariateSettings,
): MultivariateDrift {
  const encoded = encodeRows(reference, current, { features, random: random.fork('rows') });
  if (encoded.features.length === 0)
    return notAvailable(minEffect, 'every feature is constant, or there is none');
  // Permutations below 2 / alpha could not reach the level.
  const draws = Math.max(Math.min(permutations, mostPermutations), Math.ceil(2 / alpha));
  const units = dealtUnits(dependence, mostRowsPerRow({ reference, current, features, dependence }), {
    ...encoded.rows,
    all: { reference: reference.rows, current: current.rows },
  });
  const { auc, p } = classifierTest(encoded, { random: random.fork('test'), permutations: draws, units });
  const floor = floorOf(minEffect);
  const drifted = p <= alpha && auc >= floor;
  const told = `a classifier separates current from reference rows with a ROC AUC of ${plainNumber(auc)} (0.5 is chance, alarm from ${plainNumber(floor)}); permutation test: p ${chanceWords(p)}, level ${plainNumber(alpha)}`;
  return {
    outcome: 'compared',
    auc,
    p,
    floor,
    drifted,
    rows: { reference: encoded.reference, current: encoded.current },
    reasons: [told],
  };
}
