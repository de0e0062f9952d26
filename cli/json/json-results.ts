import type { PrepareOutputs } from '../../actions/prepare/prepare.ts';
import type { TrainOutputs } from '../../actions/train/train.ts';
import { positiveClass } from '../../shared/dataset/schema/positive-class.ts';
import type { Evaluation } from '../../shared/metrics/evaluation/evaluation.ts';
import type { Looks } from '../../shared/metrics/evaluation/looks.ts';
import { notesOf } from '../../shared/metrics/evaluation/notes.ts';
import type { ValidateJson } from './json-evaluation.ts';
import type { PrepareJson, TrainJson } from './json-output.ts';

/** The result of prepare, as `--json` prints it. */
export function prepareJson(outputs: PrepareOutputs): PrepareJson {
  const { folder, digest, fingerprint, quality, leftOut, lock, schema } = outputs;
  const positive = positiveClass(schema);
  const findings = quality.checks.flatMap(({ check, column, status, message }) =>
    status === 'pass' ? [] : [{ check, status, message, ...(column === undefined ? {} : { column }) }],
  );
  return {
    folder,
    digest,
    fingerprint,
    rows: { ...quality.rows, ...leftOut },
    ...(positive === undefined ? {} : { positive }),
    quality: { status: quality.status, findings, remarks: [...(quality.remarks ?? [])] },
    lock: { file: lock.file, status: lock.status },
  };
}

/** The result of train, as `--json` prints it. */
export function trainJson({ folder, digest, fingerprint, report }: TrainOutputs): TrainJson {
  return {
    folder,
    digest,
    fingerprint,
    engine: `${report.engine.name}/${report.engine.backend}`,
    engineVersion: report.engine.version,
    reproducible: report.engine.reproducible,
    seed: report.seed,
    metric: report.metric,
    chosen: report.chosen,
    candidates: report.candidates.map(({ name, type, validation, epochs, bestEpoch, parameters }) => ({
      name,
      type,
      validation,
      epochs,
      bestEpoch,
      parameters,
    })),
    ...(report.blend ? { blend: report.blend } : {}),
    ...(report.search ? { search: report.search } : {}),
    ...(report.learningCurve ? { learningCurve: report.learningCurve } : {}),
    ...(report.note === undefined ? {} : { note: report.note }),
    warnings: [...report.warnings],
  };
}

/** What is known of an evaluation beside its content. */
export interface EvaluationPlace {
  readonly folder?: string;
  readonly digest?: string;
  readonly fingerprint?: string;
  readonly reportPath?: string;
  /** How many models the test rows have judged. */
  readonly looks?: Looks;
}

/** The result of validate, as `--json` prints it. */
export function validateJson(evaluation: Evaluation, place: EvaluationPlace): ValidateJson {
  const { verdict, headline, task, target, rows, primary, gates, champion } = evaluation;
  const positive = positiveClass(evaluation);
  return {
    ...(place.folder === undefined ? {} : { folder: place.folder }),
    ...(place.digest === undefined ? {} : { digest: place.digest }),
    ...(place.fingerprint === undefined ? {} : { fingerprint: place.fingerprint }),
    ...(place.reportPath === undefined ? {} : { report: place.reportPath }),
    verdict,
    headline,
    task,
    target,
    ...(positive === undefined ? {} : { positive }),
    rows,
    ...(evaluation.outOfFold ? { outOfFold: evaluation.outOfFold } : {}),
    notes: notesOf(evaluation),
    warnings: [...(evaluation.warnings ?? [])],
    primary,
    metrics: Object.fromEntries(evaluation.metrics.map((metric) => [metric.name, metricJson(metric)])),
    gates: [...gates],
    ...(champion === undefined ? {} : { champion }),
    ...(evaluation.anchor === undefined ? {} : { anchor: evaluation.anchor }),
    ...(place.looks === undefined ? {} : { looks: { ...place.looks } }),
  };
}

function metricJson({
  name: _name,
  ...metric
}: Evaluation['metrics'][number]): ValidateJson['metrics'][string] {
  return metric;
}
