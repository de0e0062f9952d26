// What is learnt from: the rows of a dataset as models take them, and their targets.
import type { Recipe } from '../../../dataset/recipe/recipe.ts';
import type { RecipeRunner } from '../../../dataset/recipe/recipe-runner.ts';
import type { DatasetSchema } from '../../../dataset/schema/schema.ts';
import type { Table } from '../../../dataset/table/table.ts';
import { losesDigits } from '../../../dataset/values/single-precision.ts';
import { ConfigurationError, quote } from '../../../platform/errors.ts';
import { formatCount } from '../../../text/counts.ts';
import type { OutputActivation } from '../../network/architecture.ts';
import { standardised, type TargetScale, targetScaleOf } from '../../network/target-scale.ts';
import { type Targets, targetsOf } from './targets.ts';

/** Training and validation rows as numbers, what the network must end in, and what was noticed on the way. */
export interface TrainingData {
  readonly inputs: number;
  readonly output: { readonly units: number; readonly activation: OutputActivation };
  readonly train: LabelledRows;
  /** Absent where nothing stops a training early. */
  readonly validation: LabelledRows | undefined;
  readonly classes: readonly string[];
  /** Training rows by class; empty for a regression. */
  readonly counts: readonly number[];
  /** Regression: how the target was standardised. */
  readonly scale: TargetScale | undefined;
  readonly warnings: string[];
}

/** The same, and the rows as tables, for a candidate that reads columns as they are. */
export interface CandidateData extends TrainingData {
  readonly splits: TrainingSplits;
}

/** The rows that a model learns from and is stopped by. */
export interface TrainingSplits {
  readonly schema: DatasetSchema;
  readonly recipe: Recipe;
  readonly train: Table;
  readonly validation: Table | undefined;
  /** Labelled rows of the dataset that models may learn from or be stopped by: of every fold's models those of all folds. */
  readonly available: number;
  /** Columns that grow with the time and that models do better without. */
  readonly leftOut?: ReadonlySet<string> | undefined;
}

/** Rows as a network sees them. */
export interface LabelledRows {
  readonly rows: number;
  /** Row-major rows × inputs. */
  readonly x: Float32Array;
  /** By row: the standardised number, or the class's index. */
  readonly targets: Float32Array;
}

/**
 * Turns the splits into numbers.
 *
 * @throws ConfigurationError when there is nothing to learn from: no rows, no inputs, one class only.
 */
export function trainingDataOf(splits: TrainingSplits, runner: RecipeRunner): CandidateData {
  const { schema, train, validation } = splits;
  checkSplits(train, validation);
  if (runner.width === 0) {
    throw new ConfigurationError(
      'train: no feature is left to learn from; exclude fewer columns under prepare.exclude, or derive some under prepare.derive',
    );
  }
  const warnings: string[] = [];
  if (runner.width > train.rows) {
    warnings.push(
      `more inputs (${runner.width}) than training rows (${train.rows}): the model can learn them by heart; ` +
        'a linear model’s penalty (l2: auto) holds it back; else set l2, exclude columns, or get more rows',
    );
  }
  const targets = targetsOf(train, schema);
  const validationTargets = validation && targetsOf(validation, schema);
  const common = { splits, inputs: runner.width, warnings };
  if (targets.kind === 'numbers') {
    for (const { values } of [targets, ...(validationTargets ? [numbersOf(validationTargets)] : [])]) {
      checkMagnitude(values, schema.target);
    }
    const scale = targetScaleOf(targets.values);
    if (targets.values.every((value) => value === targets.values[0])) {
      warnings.push(
        `the target ${quote(schema.target)} is ${targets.values[0]} in every training row: the model answers that number`,
      );
    }
    if (losesDigits(scale)) {
      warnings.push(
        `the target ${quote(schema.target)} lies about ${formatCount(Math.round(Math.abs(scale.mean) / scale.deviation))} deviations from zero, and predictions of networks and linear models are 32-bit floats, which lose digits there: predict its difference from a constant instead`,
      );
    }
    return withRows(
      { ...common, output: { units: 1, activation: 'linear' }, classes: [], counts: [], scale },
      (table, labels) => ({
        rows: table.rows,
        x: runner.applyTable(table),
        targets: standardised(numbersOf(labels).values, scale),
      }),
      { targets, validationTargets },
    );
  }
  const { classes, counts } = countClasses(targets, schema, warnings);
  const output =
    schema.task === 'binary'
      ? ({ units: 1, activation: 'sigmoid' } as const)
      : ({ units: classes.length, activation: 'softmax' } as const);
  return withRows(
    { ...common, output, classes, counts, scale: undefined },
    (table, labels) => ({
      rows: table.rows,
      x: runner.applyTable(table),
      targets: Float32Array.from(codesOf(labels)),
    }),
    { targets, validationTargets },
  );
}

/** Rows are turned into a network's numbers when the first candidate asks for them: trees never do. */
function withRows(
  data: Omit<CandidateData, 'train' | 'validation'>,
  rowsOf: (table: Table, targets: Targets) => LabelledRows,
  {
    targets,
    validationTargets,
  }: { readonly targets: Targets; readonly validationTargets: Targets | undefined },
): CandidateData {
  const { splits } = data;
  let train: LabelledRows | undefined;
  let validation: LabelledRows | undefined;
  return {
    ...data,
    get train() {
      train ??= rowsOf(splits.train, targets);
      return train;
    },
    get validation() {
      if (splits.validation && validationTargets) validation ??= rowsOf(splits.validation, validationTargets);
      return validation;
    },
  };
}

/** A target beyond it leaves no room for a model's 32-bit numbers, which end at 3.4e38, and none for squared errors. */
const largestTarget = 1e30;

function checkMagnitude(values: Float64Array, target: string): void {
  const beyond = values.find((value) => Math.abs(value) > largestTarget);
  if (beyond === undefined) return;
  throw new ConfigurationError(
    `train: the target ${quote(target)} reaches ${beyond}, and models answer with numbers up to ${largestTarget}: ` +
      'give it in larger units, or take out the rows whose target cannot be true',
  );
}

/** @throws ConfigurationError when there is no row to learn from, or none to stop by. */
export function checkSplits(train: Table, validation: Table | undefined): void {
  checkRows('training', train, 'more rows, or smaller split.test and split.validation');
  if (validation) checkRows('validation', validation, 'more rows, or a larger split.validation such as 20%');
}

function checkRows(split: string, table: Table, remedy: string): void {
  if (table.rows > 0) return;
  throw new ConfigurationError(`train: the ${split} split has no rows, and at least 1 is needed: ${remedy}`);
}

function numbersOf(targets: Targets): Extract<Targets, { kind: 'numbers' }> {
  if (targets.kind !== 'numbers') throw new TypeError('a regression was given classes');
  return targets;
}

function codesOf(targets: Targets): Int32Array {
  if (targets.kind !== 'classes') throw new TypeError('a classifier was given numbers');
  return targets.codes;
}

function countClasses(targets: Targets, schema: DatasetSchema, warnings: string[]) {
  const classes = schema.classes ?? [];
  const counts = classes.map(() => 0);
  for (const code of codesOf(targets)) counts[code]!++;
  const present = classes.filter((_, code) => counts[code]! > 0);
  if (present.length < 2) {
    throw new ConfigurationError(
      `train: the target ${quote(schema.target)} is ${quote(present[0])} in every training row; ` +
        'a classifier needs at least two classes to tell apart',
    );
  }
  if (schema.task === 'binary' && classes.length !== 2) {
    throw new ConfigurationError(
      `task: binary needs two classes, and the target ${quote(schema.target)} has ${classes.length}: ` +
        `${classes.map(quote).join(', ')}; use task: multiclass`,
    );
  }
  for (const [code, label] of classes.entries()) {
    if (counts[code] === 0) {
      warnings.push(`no training row has the class ${quote(label)}: the model cannot learn it`);
    }
  }
  return { classes, counts };
}
