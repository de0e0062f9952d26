import { counted } from '../../text/counts.ts';
import { declaredNumber, plainNumber } from '../../text/number-format.ts';
import { declaredShare, measuredShare } from '../../text/percent.ts';
import type { ConversionReport } from './training-report.ts';

/** The share of the rows on which a converted model differs from what was converted. */
export function disagreement({ beyond, rows }: ConversionReport): number {
  return rows === 0 ? 0 : beyond / rows;
}

/** How a command's model.onnx compares with the command's own predictions, in a sentence without a full stop. */
export function conversionWords(report: ConversionReport): string {
  const { beyond, rows, tolerance, worst, allowed } = report;
  const agrees =
    beyond === 0
      ? `model.onnx agrees with the command's own predictions to ${declaredNumber(tolerance)} on all ${counted(rows, 'validation row')}`
      : `model.onnx differs from the command's own predictions by more than ${declaredNumber(tolerance)} on ${beyond} of ${counted(rows, 'validation row')} (${measuredShare(disagreement(report))}; ${declaredShare(allowed)} may)`;
  return `${agrees}; the largest difference is ${differenceText(worst)}`;
}

function differenceText(worst: number | null): string {
  if (worst === null) return 'not a number';
  return plainNumber(worst, 2);
}
