// Whether new data is still like the data that a model was trained on, and whether the model got worse.
import type { DriftInput } from './drift-input.ts';
import { columnEvidenceOf, planDrift } from './drift-plan.ts';
import type { DriftReport } from './report/drift-report.ts';
import { reusedMemory } from './samples/memory.ts';
import type { DriftOptions } from './verdict/drift-options.ts';

/**
 * Compares current rows with a reference: per column, of the predictions, and of all features together.
 *
 * A column has drifted when a test is significant after Benjamini-Hochberg over the tests of all columns AND an effect
 * is over its floor. The table has drifted when the weight of drifted features reaches the declared share, or the
 * predictions have, or the multivariate test says so; these share the declared false-alarm rate, so that where nothing
 * has changed a check alarms at most that often, whatever the sample sizes. A column that vanished or changed its type
 * is drift without a test. P-values assume independent rows.
 */
export function compareTables(input: DriftInput, options: DriftOptions = {}): DriftReport {
  const plan = planDrift(input, options);
  const memory = reusedMemory();
  const evidence = plan.tasks.map((task) => columnEvidenceOf(task, memory));
  return plan.conclude(evidence, plan.multivariate());
}
