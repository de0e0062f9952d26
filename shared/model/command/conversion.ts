import { sampleStandardDeviation } from '../../algebra/descriptive-statistics.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { formatNumber } from '../../text/number-format.ts';
import { declaredShare, measuredShare } from '../../text/percent.ts';
import type { PredictedColumns } from '../predictor/predictor.ts';
import { disagreement } from '../report/conversion-words.ts';
import type { ConversionReport } from '../report/training-report.ts';

/** Beyond this, a model.onnx does not say what the command's own model said. */
const conversionTolerance = 1e-5;

/** A conversion's check: the figures, and the row where the two differ most. */
export interface ConversionCheck {
  readonly report: ConversionReport;
  readonly worst: {
    readonly row: number;
    readonly converted: number;
    readonly own: number;
    readonly label?: string;
  };
}

/**
 * Compares what a converted model predicts with what the command's own model predicted of the same rows. The difference of
 * two probabilities is absolute. That of two numbers is relative to the larger of the target's standard deviation among
 * the training rows and the prediction itself, as single precision, in which most ONNX models compute, is relative.
 *
 * @param spread the target's standard deviation among the training rows; of classes it is not read.
 * @param allowed the share of rows that may differ by more than {@link conversionTolerance}.
 */
export function checkConversion(
  converted: PredictedColumns,
  own: PredictedColumns,
  { spread, allowed }: { readonly spread: number; readonly allowed: number },
): ConversionCheck {
  const difference = differenceOf(converted, own, spread);
  const rows = own.predicted.length;
  let beyond = 0;
  let worst = { row: 0, difference: 0, cell: 0 };
  for (let row = 0; row < rows; row++) {
    const found = difference(row);
    if (!(found.difference <= conversionTolerance)) beyond++;
    if (row === 0 || !(found.difference <= worst.difference)) worst = { row, ...found };
  }
  return {
    report: {
      tolerance: conversionTolerance,
      rows,
      beyond,
      worst: Number.isFinite(worst.difference) ? worst.difference : null,
      allowed,
    },
    worst: worstOf(converted, own, worst),
  };
}

/** @throws ConfigurationError when the two differ on more rows than is allowed. */
export function refuseDisagreement(
  { report, worst }: ConversionCheck,
  nameOf: (row: number) => string,
): void {
  const share = disagreement(report);
  if (share <= report.allowed) return;
  const of = worst.label === undefined ? '' : ` for the probability of ${worst.label}`;
  throw new ConfigurationError(
    `model.onnx is not the model that the command trained: on ${report.beyond} of ${report.rows} validation rows (${measuredShare(share)}) its prediction differs from the command's own by more than ${conversionTolerance}, and max-disagreement allows ${declaredShare(report.allowed)}. ` +
      `Worst is row ${nameOf(worst.row)}: model.onnx gives ${formatNumber(worst.converted, { digits: 7 })}${of}, the command ${formatNumber(worst.own, { digits: 7 })}. ` +
      "Convert another way, or train another model (scikit-learn's HistGradientBoosting through skl2onnx is known for it)",
  );
}

interface Difference {
  readonly difference: number;
  /** The class, or 0. */
  readonly cell: number;
}

function differenceOf(
  converted: PredictedColumns,
  own: PredictedColumns,
  spread: number,
): (row: number) => Difference {
  if (converted.task === 'regression' && own.task === 'regression') {
    return (row) => {
      const gap = Math.abs(converted.predicted[row]! - own.predicted[row]!);
      const scale = Math.max(spread, Math.abs(own.predicted[row]!));
      return { difference: gap === 0 ? 0 : gap / scale, cell: 0 };
    };
  }
  if (converted.task === 'regression' || own.task === 'regression') {
    throw new TypeError(`predictions of the tasks ${converted.task} and ${own.task} cannot be compared`);
  }
  const width = own.classes.length;
  return (row) => {
    let largest = { difference: 0, cell: 0 };
    for (let cell = 0; cell < width; cell++) {
      const at = row * width + cell;
      const difference = Math.abs(converted.probabilities[at]! - own.probabilities[at]!);
      if (!(difference <= largest.difference)) largest = { difference, cell };
    }
    return largest;
  };
}

function worstOf(
  converted: PredictedColumns,
  own: PredictedColumns,
  { row, cell }: { readonly row: number; readonly cell: number },
): ConversionCheck['worst'] {
  if (converted.task === 'regression' || own.task === 'regression') {
    return { row, converted: converted.predicted[row]!, own: own.predicted[row]! };
  }
  const at = row * own.classes.length + cell;
  return {
    row,
    converted: converted.probabilities[at]!,
    own: own.probabilities[at]!,
    label: own.classes[cell]!,
  };
}

/** The standard deviation of a target's numbers; 0 where it cannot be told. */
export function spreadOf(values: Float64Array): number {
  return values.length < 2 ? 0 : sampleStandardDeviation(values);
}
