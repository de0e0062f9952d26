// Budgets of training, in units of work. A clock decides nothing that is stored: the same training does the same on a
// slow machine, only later.

import type { BoostedTreesCandidate } from '../../../config/sections/candidates/boosted-trees-candidate.ts';
import type { LayersOptions, Settled } from '../../../config/sections/candidates/candidate.ts';

/**
 * A unit is one multiplication of a model's prediction, or whatever takes as long: two or three thousand million are done in a
 * second.
 */
export type Work = number;

/** What permutation importance may take where ciclo.yml does not say. */
export const importanceBudget: Work = 2e10;

/** Of an engine that does not say what a row takes it. */
const unknownRow: Work = 10_000;

/** What a metric takes a row. */
const metricOfRow: Work = 50;

/** Fewer rows than this say nothing about a column. */
const fewestRows = 100;

/** Numbers that a table's inputs may hold at once: 256 MB. */
const mostInputs = 2 ** 26;

/** From so much work on that another thread can take over, starting that thread pays: it takes a tenth of a second. */
export const threadsPay: Work = 2e9;

/** Multiplications that the SIMD kernel makes while one is made in JavaScript. */
const kernelSpeed = 5;

/** What a round of boosting takes a row and column: its histograms, splits and scores. */
const workOfRound = 50;

/** Steps of Newton's method on a loss that is not quadratic. */
const newtonSteps = 8;

/** Passes over the rows of a path of penalties whose loss is not quadratic: the steps of all of them. */
const pathPasses = 100;

/** What determines how much there is to do for a candidate. */
export interface TrainingSize {
  /** Training rows. */
  readonly rows: number;
  readonly columns: number;
  /** Inputs that a row is turned into. */
  readonly inputs: number;
  /** Outputs of the model: one, or one a class. */
  readonly outputs: number;
}

/** What training a candidate takes at most: as if nothing stopped it early. */
export function workOfCandidate(
  options: LayersOptions | Settled<BoostedTreesCandidate>,
  size: TrainingSize,
): Work {
  const { rows, inputs, outputs } = size;
  if (options.type === 'boosted-trees') return workOfRounds(options.rounds, size);
  if (options.type === 'neural-network') return options.epochs * workOfEpoch(options.layers, size);
  if (options.solver === 'adam') return options.epochs * workOfEpoch([], size);
  if (options.l2 === 'auto') {
    // A matrix of second derivatives (of outputs together no larger than one of all rows), and passes over the rows.
    return (rows * inputs ** 2) / 2 + pathPasses * rows * inputs * outputs;
  }
  return newtonSteps * rows * (inputs * outputs) ** 2;
}

/** What so many rounds of boosting take. */
export function workOfRounds(rounds: number, { rows, columns, outputs }: TrainingSize): Work {
  return rounds * rows * columns * outputs * workOfRound;
}

/**
 * What one pass over the training rows takes a network.
 *
 * @param layers units of its hidden layers.
 */
export function workOfEpoch(layers: readonly number[], { rows, inputs, outputs }: TrainingSize): Work {
  const widths = [inputs, ...layers, outputs];
  const weights = widths.slice(1).reduce((sum, width, i) => sum + width * widths[i]!, 0);
  // Forwards, and backwards to the weights and to the layer below.
  return (3 * rows * weights) / kernelSpeed;
}

/** How permutation importance is measured: what was asked for, or as much of it as its budget allows. */
export interface ImportancePlan {
  readonly repeats: number;
  readonly rows: number;
}

/** A measurement of a model's columns. */
export interface ImportanceTask extends ImportancePlan {
  readonly columns: number;
  /** What the model takes to predict one row. */
  readonly workOfRow?: Work | undefined;
}

/** What permutation importance takes. */
export function workOfImportance({ columns, repeats, rows, workOfRow = unknownRow }: ImportanceTask): Work {
  return columns * repeats * rows * (workOfRow + metricOfRow);
}

/**
 * The repeats and rows that a budget allows: beyond it first fewer repeats, down to one, then fewer rows.
 *
 * @param task.inputs that a row is turned into, all of which are in memory.
 * @returns undefined where one pass over a hundred rows, or all of fewer, is beyond the budget.
 */
export function planImportance(
  task: ImportanceTask & { readonly inputs: number },
  budget: Work,
): ImportancePlan | undefined {
  const inMemory = Math.max(1, Math.floor(mostInputs / task.inputs));
  const rows = Math.min(task.rows, inMemory);
  const repeats = Math.min(
    task.repeats,
    Math.floor(budget / workOfImportance({ ...task, rows, repeats: 1 })),
  );
  if (repeats >= 1) return { repeats, rows };
  const affordable = Math.floor(budget / workOfImportance({ ...task, rows: 1, repeats: 1 }));
  return affordable < Math.min(rows, fewestRows) ? undefined : { repeats: 1, rows: affordable };
}
