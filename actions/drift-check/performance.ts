import type { Config } from '../../shared/config/sections/schema.ts';
import { asTimes } from '../../shared/dataset/time/window.ts';
import { estimatePerformance } from '../../shared/drift/performance/estimated.ts';
import { joinedWords } from '../../shared/drift/performance/label-words.ts';
import { measurePerformance, type PerformanceInput } from '../../shared/drift/performance/measured.ts';
import type { Performance, Segment } from '../../shared/drift/performance/performance-report.ts';
import type { DriftReport } from '../../shared/drift/report/drift-report.ts';
import { findSegments } from '../../shared/drift/segments/segments.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { comparedColumns } from './comparison.ts';
import { canPredict, type LabelInputs, type LabelledRows, labelledRows } from './rows/labelled-rows.ts';
import type { LabelsJoined } from './rows/late-labels.ts';
import { dependenceOfLabelled } from './rows/row-dependence.ts';

/** How the model does, once it is known what part of the false-alarm rate is left for saying so. */
export interface PerformanceCheck {
  /** Whether there are labels, so that the performance takes its part. */
  readonly measurable: boolean;
  readonly labelled?: LabelledRows;
  /** How many of the labels that came late were joined, in words. */
  readonly joined?: string;
  judge(input: {
    /** The part of the false-alarm rate that is left for the performance. */
    readonly alpha: number;
    /** What was found in the columns: which rows they were, and at which level. */
    readonly segments: DriftReport;
  }): Promise<{
    readonly report?: Performance;
    readonly segments: readonly Segment[];
  }>;
}

/** Measures the performance by labels where enough have come; else estimates it without. */
export async function performanceOf({ loaded }: Pipeline, inputs: LabelInputs): Promise<PerformanceCheck> {
  const { labelled: rows, joined } = await labelledRows({ loaded }, inputs);
  const { monitor } = loaded.config;
  const measurable = rows !== undefined && rows.predictions.actual.length >= monitor['min-rows'];
  return {
    measurable,
    ...(rows ? { labelled: rows } : {}),
    ...(joined ? { joined: joinedWords(joined) } : {}),
    async judge({ alpha, segments }) {
      const settings = {
        limit: monitor.performance['worse-by-at-most'],
        alpha,
        minRows: monitor['min-rows'],
      };
      const report =
        (measurable ? undefined : await estimated(inputs, rows, settings)) ??
        measured(inputs, rows, { ...settings, config: loaded.config });
      return {
        ...(report ? { report: joined ? withJoined(report, joined) : report } : {}),
        segments: segmentsOf(loaded.config, inputs, { rows, report: segments }),
      };
    },
  };
}

/** Logs how many of the labels that came late were joined. */
function withJoined(report: Performance, joined: LabelsJoined): Performance {
  const { joined: found, contradicting, notFound, keyless } = joined;
  return {
    ...report,
    labels: { joined: found, contradicting, 'not-found': notFound, 'without-key': keyless },
    reasons: [...report.reasons, joinedWords(joined)],
  };
}

type Settings = Pick<PerformanceInput, 'limit' | 'alpha' | 'minRows'>;

function measured(
  { reference }: LabelInputs,
  rows: LabelledRows | undefined,
  { config, ...settings }: Settings & { readonly config: Config },
): Performance | undefined {
  const evaluation = reference.production?.evaluation;
  if (!rows || !evaluation) return undefined;
  const { predictions, unlabelled, times } = rows;
  return measurePerformance({
    evaluation,
    predictions,
    unlabelled,
    dependence: dependenceOfLabelled(rows, config),
    ...settings,
    ...(times ? { times } : {}),
  });
}

/** Undefined where there are too few rows, or the model cannot predict them: then few labels say more. */
async function estimated(
  { reference, current }: LabelInputs,
  labelled: LabelledRows | undefined,
  settings: Settings,
): Promise<Performance | undefined> {
  const { production, schema } = reference;
  const { table, time } = current;
  if (!production || table.rows < settings.minRows || !canPredict(table, schema)) return undefined;
  // Times that are written in another way now are texts there.
  const times = time === undefined ? undefined : asTimes(table.columns.get(time));
  return estimatePerformance({
    evaluation: production.evaluation,
    predictions: await production.predictor.predictTable(table),
    labelled: Math.min(table.rows, labelled?.predictions.actual.length ?? 0),
    ...settings,
    ...(times ? { times } : {}),
  });
}

/** Slices by the features that are compared; of so few rows that nothing is decided there are none. */
function segmentsOf(
  config: Config,
  { reference, current }: LabelInputs,
  { rows, report }: { readonly rows: LabelledRows | undefined; readonly report: DriftReport },
): Segment[] {
  if (report.outcome !== 'drift' && report.outcome !== 'no-drift') return [];
  const { drift, performance } = config.monitor;
  const evaluation = reference.production?.evaluation;
  return findSegments({
    reference: comparedColumns(reference.profile, config),
    current: current.table,
    ...(evaluation ? { evaluation } : {}),
    ...(rows ? { labelled: rows } : {}),
    limit: performance['worse-by-at-most'],
    leastMove: drift['min-effect'] / 2,
    alpha: report['false-alarm-rate'].check,
  });
}
