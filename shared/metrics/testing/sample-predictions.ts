import { type ValidateConfig, validateSchema } from '../../config/sections/validate-section.ts';
import { silentLogger } from '../../platform/logger.ts';
import { createRandom } from '../../platform/random.ts';
import { type EvaluateInput, evaluate } from '../evaluate.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { GateResult } from '../evaluation/gate-result.ts';
import type { ClassificationPredictions, RegressionPredictions } from '../rows/predictions.ts';

/** Numbers predicted with a normal error of the given size. */
export function sampleRegression(rows = 200, error = 1, seed = 'regression'): RegressionPredictions {
  const random = createRandom(seed);
  const actual = Float64Array.from({ length: rows }, () => 20 + 5 * random.normal());
  return { task: 'regression', actual, predicted: actual.map((value) => value + error * random.normal()) };
}

/** Numbers with noise of the given standard deviation beside 1. */
export function numbersOff(noise: number, rows = 200, seed = 1): RegressionPredictions {
  const random = createRandom(seed);
  const actual = Float64Array.from({ length: rows }, () => random.normal());
  return { task: 'regression', actual, predicted: actual.map((value) => value + noise * random.normal()) };
}

/** Two classes whose probabilities lie `apart` standard deviations from each other. */
export function sampleBinary(rows = 200, apart = 1.5, seed = 'binary'): ClassificationPredictions {
  const random = createRandom(seed);
  const actual = Int32Array.from({ length: rows }, () => Number(random.next() < 0.4));
  const probabilities = new Float64Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    const positive = 1 / (1 + Math.exp(-(random.normal() + apart * (actual[row]! - 0.5))));
    probabilities.set([1 - positive, positive], 2 * row);
  }
  const predicted = actual.map((_, row) => Number(probabilities[2 * row + 1]! > 0.5));
  return { task: 'binary', classes: ['no', 'yes'], actual, predicted, probabilities };
}

/** The `validate` section of a ciclo.yml, with few resamples. */
export function sampleValidate(section: Record<string, unknown> = {}): ValidateConfig {
  return validateSchema.parse({ bootstrap: { resamples: 300 }, ...section });
}

/** Judges with everything that a test does not care about filled in. */
export function judge(
  input: Pick<EvaluateInput, 'predictions'> & Partial<EvaluateInput>,
  logger = silentLogger,
): Evaluation {
  const defaults = { pipeline: 'sample', target: 'y', slices: [], validate: sampleValidate() };
  return evaluate({ ...defaults, task: input.predictions.task, ...input }, { logger });
}

/** A gate, and whatever else is known, judged: its first result. */
export function judgeGate(
  gate: Record<string, unknown>,
  input: Pick<EvaluateInput, 'predictions'> & Partial<EvaluateInput>,
): GateResult {
  const gates: Record<string, unknown>[] = [gate];
  return judge({ ...input, validate: sampleValidate({ gates }) }).gates[0]!;
}
