import type { SourceTable } from '../../shared/dataset/origin.ts';
import type { DriftReport } from '../../shared/drift/drift-report.ts';
import { measurePerformance } from '../../shared/drift/performance/measured.ts';
import type { Performance, Segment } from '../../shared/drift/performance/performance-report.ts';
import type { Pipeline } from '../prepare/collect.ts';
import type { CurrentRows } from './current-rows.ts';
import { type LabelledRows, labelledRows } from './labelled-rows.ts';
import type { Reference } from './reference.ts';

interface Subject {
  readonly reference: Reference;
  readonly current: CurrentRows;
  readonly data: SourceTable | undefined;
}

/** How the model does, once it is known what part of the false-alarm rate is left for saying so. */
export interface PerformanceCheck {
  /** Whether there are labels, so that the performance takes its part. */
  readonly measurable: boolean;
  readonly labelled?: LabelledRows;
  judge(input: { readonly alpha: number; readonly segments: DriftReport }): {
    readonly report?: Performance;
    readonly segments: readonly Segment[];
  };
}

/** Measures the performance by labels, where some have come. */
export function performanceOf({ loaded }: Pipeline, subject: Subject): PerformanceCheck {
  const rows = labelledRows({ loaded }, subject);
  const { monitor } = loaded.config;
  const evaluation = subject.reference.production?.evaluation;
  return {
    measurable: rows !== undefined && rows.predictions.actual.length >= monitor['min-rows'],
    ...(rows ? { labelled: rows } : {}),
    judge: ({ alpha }) => ({
      ...(rows && evaluation
        ? {
            report: measurePerformance({
              evaluation,
              predictions: rows.predictions,
              unlabelled: rows.unlabelled,
              limit: monitor.performance['worse-by-at-most'],
              alpha,
              minRows: monitor['min-rows'],
              ...(rows.times ? { times: rows.times } : {}),
            }),
          }
        : {}),
      segments: [],
    }),
  };
}
