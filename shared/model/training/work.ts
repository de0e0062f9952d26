// Budgets of training, in units of work. A clock decides nothing that is stored: the same training does the same on a
// slow machine, only later.

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
