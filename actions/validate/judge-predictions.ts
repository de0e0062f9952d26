import path from 'node:path';
import { writeFolder } from '../../shared/artifacts/folders/run-folder.ts';
import type { LoadedConfig } from '../../shared/config/load.ts';
import { type ValidateConfig, validateSchema } from '../../shared/config/sections/validate-section.ts';
import type { Task } from '../../shared/metrics/descriptors/descriptor.ts';
import { evaluate } from '../../shared/metrics/evaluate.ts';
import type { Evaluation } from '../../shared/metrics/evaluation/evaluation.ts';
import type { DeclaredPositive } from '../../shared/metrics/external/external-classes.ts';
import { predictionsOfTable } from '../../shared/metrics/external/external-predictions.ts';
import { digestOf, sha256 } from '../../shared/platform/digest.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { formatJson } from '../../shared/platform/json.ts';
import { cicloVersion, resultFormat } from '../../shared/platform/version.ts';
import { renderEvaluationReport } from '../../shared/report/evaluation-report.ts';
import { readSource } from '../../shared/source/read-source.ts';
import type { VerbPorts } from '../ports.ts';

/** Inputs of validate for predictions that another framework made. */
export interface JudgePredictionsInputs {
  /** A CSV, JSON, NDJSON, Parquet or Arrow file: `actual`, `predicted` and/or `p_<class>`; other columns are slices. */
  readonly predictions: string;
  /** Default: the configuration's. */
  readonly task?: Task;
  /** The positive class of a binary task; default: the configuration's, else that of a single `p_<class>`, else the default. */
  readonly positive?: string;
  /** A ciclo.yml whose `validate` section and name apply; without it there are no gates. */
  readonly declaration?: LoadedConfig;
  /** Run directory; without it nothing is written. */
  readonly output?: string;
}

/** What validate made of a file of predictions. */
export interface JudgePredictionsOutputs {
  readonly evaluation: Evaluation;
  readonly folder?: string;
  readonly reportPath?: string;
}

interface Settings {
  readonly pipeline: string;
  readonly task: Task;
  readonly target: string;
  readonly positive?: DeclaredPositive;
  readonly validate: ValidateConfig;
}

/** Judges any framework's predictions with the same metrics, intervals, slices and gates as our own models'. */
export async function judgePredictions(
  inputs: JudgePredictionsInputs,
  ports: VerbPorts,
): Promise<JudgePredictionsOutputs> {
  const settings = settingsOf(inputs);
  const source = await readSource(
    { type: 'file', path: path.basename(inputs.predictions), columns: 'same' },
    { missingMarkers: [''], trim: true, textColumns: new Set() },
    { ...ports, directory: path.dirname(inputs.predictions) },
  );
  const judged = predictionsOfTable(source.table, settings.task, settings.positive);
  const digest = sha256(source.parts.map((part) => part.digest).join('\n'));
  const evaluation = evaluate(
    {
      ...settings,
      predictions: judged.predictions,
      slices: judged.slices,
      digests: { predictions: digest },
      ...(judged.champion ? { champion: judged.champion } : {}),
    },
    ports,
  );
  if (inputs.output === undefined) return { evaluation };

  const report = await renderEvaluationReport({ evaluation });
  const { folder } = await writeFolder(
    inputs.output,
    {
      kind: 'evaluation',
      pipeline: settings.pipeline,
      fingerprint: digestOf({
        kind: 'evaluation',
        resultFormat,
        ciclo: cicloVersion,
        ...settings,
        predictions: digest,
      }),
      inputs: { predictions: digest, validate: digestOf(settings.validate) },
      seed: settings.validate.bootstrap.seed,
      versions: { ciclo: cicloVersion },
    },
    new Map([
      ['evaluation.json', new TextEncoder().encode(formatJson(evaluation))],
      ['report.html', new TextEncoder().encode(report)],
    ]),
  );
  return { evaluation, folder, reportPath: path.join(folder, 'report.html') };
}

function settingsOf({ task, positive, declaration }: JudgePredictionsInputs): Settings {
  const given = positive === undefined ? {} : { positive: { label: positive, where: '--positive' } };
  if (declaration === undefined) {
    if (task === undefined) {
      throw new ConfigurationError(
        'validate --predictions needs to know the task: give --task regression, binary or multiclass, or --config with a ciclo.yml that says it',
      );
    }
    return {
      pipeline: 'predictions',
      task,
      target: 'actual',
      ...given,
      validate: validateSchema.parse({}),
    };
  }
  const { config, file } = declaration;
  if (task !== undefined && task !== config.task) {
    throw new ConfigurationError(
      `--task ${task} contradicts ${file}, whose task is ${config.task}: leave one of them out`,
    );
  }
  if (positive !== undefined && config.positive !== undefined && positive !== config.positive) {
    throw new ConfigurationError(
      `--positive ${positive} contradicts ${file}, whose positive class is ${config.positive}: leave one of them out`,
    );
  }
  return {
    pipeline: config.name ?? 'predictions',
    task: config.task,
    target: config.target,
    ...(config.positive === undefined ? {} : { positive: { label: config.positive, where: 'positive' } }),
    ...given,
    validate: config.validate,
  };
}
