// What to look at before a verdict is believed: a word of each kind, none of which changes the verdict.
import type { ValidateConfig } from '../../config/sections/validate-section.ts';
import type { Random } from '../../platform/random.ts';
import { metricKey } from '../descriptors/metric-key.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { EvaluationWarning } from '../evaluation/evaluation-warning.ts';
import type { MetricResult } from '../evaluation/metric-result.ts';
import type { JudgedRows } from '../rows/judged-rows.ts';
import type { Predictions } from '../rows/predictions.ts';
import { contradictionWarnings } from './contradicting-labels.ts';
import { fewRowsWarnings } from './few-rows.ts';
import { noSkillWarnings } from './no-skill.ts';
import { type Evidence, tooGoodWarnings } from './too-good.ts';
import { validationWarnings } from './validation-gap.ts';

/** What a judgement is looked at by. */
export interface WarningsInput {
  /** Whose judgement it is. */
  readonly rows: JudgedRows;
  readonly target: string;
  readonly primary: MetricResult;
  readonly validate: ValidateConfig;
  readonly outOfFold?: Evaluation['outOfFold'];
  /** What a result that is too good may come from; without it none is said to be. */
  readonly evidence?: Evidence | undefined;
  /** The same model's of the validation rows; without them they are not compared. */
  readonly validation?: Predictions | undefined;
  /** Of the resamples of the validation rows. */
  readonly random: Random;
}

/** All that is to be said of a judgement, in the order in which it is shown. */
export function evaluationWarnings(input: WarningsInput): EvaluationWarning[] {
  const { rows, target, primary, validate, outOfFold, evidence, validation } = input;
  return [
    ...contradictionWarnings(rows),
    ...noSkillWarnings(primary),
    ...fewRowsWarnings(rows, [primary.name, ...validate.gates.map(metricKey)]),
    ...(evidence ? tooGoodWarnings(rows, target, evidence, { outOfFold }) : []),
    ...(validation
      ? validationWarnings({
          validation,
          test: primary,
          settings: validate.bootstrap,
          random: input.random,
        })
      : []),
  ];
}
