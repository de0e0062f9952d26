// A model judged on the test rows, beside the champion, by the gates.
import path from 'node:path';
import { readModelFolder } from '../../shared/artifacts/folders/model-folder.ts';
import { writeFolder } from '../../shared/artifacts/folders/run-folder.ts';
import type { Config } from '../../shared/config/sections/schema.ts';
import { evaluate } from '../../shared/metrics/evaluate.ts';
import type { Evaluation } from '../../shared/metrics/evaluation/evaluation.ts';
import { looksOf, withModel } from '../../shared/metrics/evaluation/looks.ts';
import { renderModelCard } from '../../shared/model/card/card.ts';
import { digestOf } from '../../shared/platform/digest.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { formatJson } from '../../shared/platform/json.ts';
import { type Logger, silentLogger } from '../../shared/platform/logger.ts';
import { cicloVersion, resultFormat } from '../../shared/platform/version.ts';
import { renderEvaluationReport } from '../../shared/report/evaluation-report.ts';
import { runDirectoryOf } from '../pipeline/pipeline.ts';
import { runtimePlaces } from '../pipeline/runtime-places.ts';
import type { VerbPorts } from '../ports.ts';
import { readPrepared } from '../prepare/prepared-dataset.ts';
import { checkCommands, checkModel } from './current-model.ts';
import { judgeEarlier } from './earlier-model.ts';
import { evidenceOf } from './evidence-rows.ts';
import { judgeAnchor, unreadableChampion } from './former-models.ts';
import { rememberLook, rowsDigest } from './looks-history.ts';
import { predictionsFile } from './predictions.ts';
import { sliceColumns } from './slices.ts';
import type { OtherJudgement, ValidateInputs, ValidateOutputs } from './validate-inputs.ts';

/**
 * Judges the run directory's model on the test rows, which nothing else has touched, and writes the evaluation
 * folder. A failed gate is a result (`evaluation.verdict`), not an exception.
 *
 * @throws ConfigurationError when dataset or model is not what ciclo.yml and ciclo.lock describe, IntegrityError when a
 *   byte of dataset, model or champion is not what its manifest says.
 */
export async function validate(inputs: ValidateInputs, ports: VerbPorts): Promise<ValidateOutputs> {
  const { pipeline } = inputs;
  const { config } = pipeline.loaded;
  const runDirectory = runDirectoryOf(pipeline, inputs.output);
  const dataset = await readPrepared(pipeline, runDirectory, ['train', 'validation', 'test', 'filtered']);
  const places = runtimePlaces(pipeline, ports);
  const model = await readModelFolder(path.join(runDirectory, 'model'), places);
  checkModel(model, dataset.manifest.digest, config);
  await checkCommands(model, pipeline.loaded);

  const { schema } = dataset;
  const { rows: test, filtered, ...evidence } = await evidenceOf(dataset, model, config);
  const { predictions } = evidence;
  const theirs = inputs.champion === undefined ? undefined : await readModelFolder(inputs.champion, places);
  const challenger = {
    ...{ model, schema, split: dataset.manifest.split, test, predictions, filtered },
    group: config.data.group,
  };
  const champion = theirs
    ? await judgeEarlier(
        {
          model: theirs,
          name: inputs.championName,
          window: inputs.championWindow,
          judged: inputs.championModel,
        },
        challenger,
      )
    : unreadableChampion(inputs);
  const anchor = await judgeAnchor(inputs, challenger, places);
  const looked = { rows: rowsDigest(test), model: model.manifest.digest };
  const judgedVersions = withModel(inputs.judgedBefore, looked);
  const unit = config.features[config.target]?.unit;
  const judged = {
    pipeline: pipeline.name,
    task: config.task,
    target: config.target,
    ...evidence,
    evidence: { importance: model.training.importance, quality: dataset.quality },
    ...(model.training.decision ? { threshold: model.training.decision.threshold } : {}),
    digests: { model: model.manifest.digest, dataset: dataset.manifest.digest },
    ...(unit === undefined ? {} : { unit }),
    ...(champion ? { champion } : {}),
    ...(anchor ? { anchor } : {}),
    judged: judgedVersions,
  };
  const judge = (rules: Config['validate'], logger: Logger): Evaluation =>
    evaluate(
      {
        ...judged,
        slices: sliceColumns(test.table, schema, { ...config, validate: rules }),
        validate: rules,
      },
      { logger },
    );
  const evaluation = judge(config.validate, ports.logger);
  const other = judgedUnderOtherRules(inputs.alsoUnder, config.validate, (rules) =>
    judge(rules, silentLogger),
  );
  const report = await renderEvaluationReport({
    evaluation,
    training: model.training,
    quality: dataset.quality,
    schema,
  });
  const { window } = pipeline.lock?.data ?? {};
  const card = renderModelCard({
    pipeline: pipeline.name,
    config,
    schema,
    quality: dataset.quality,
    training: model.training,
    recipe: model.recipe,
    evaluation,
    window,
  });
  const fingerprint = digestOf({
    kind: 'evaluation',
    resultFormat,
    ciclo: cicloVersion,
    pipeline: pipeline.name,
    validate: config.validate,
    model: model.manifest.digest,
    dataset: dataset.manifest.digest,
    champion: champion ? { name: champion.name, digest: champion.digest ?? null } : null,
    ...(inputs.championWindow ? { championWindow: inputs.championWindow } : {}),
    ...(inputs.anchor ? { anchor: inputs.anchor.name } : {}),
    ...(inputs.judgedBefore ? { judged: judgedVersions } : {}),
    ...(window ? { window } : {}),
  });
  const { folder, manifest } = await writeFolder(
    runDirectory,
    {
      kind: 'evaluation',
      pipeline: pipeline.name,
      fingerprint,
      inputs: {
        model: model.manifest.digest,
        dataset: dataset.manifest.digest,
        validate: digestOf(config.validate),
        ...(champion?.digest === undefined ? {} : { champion: champion.digest }),
      },
      seed: config.validate.bootstrap.seed,
      versions: { ciclo: cicloVersion },
    },
    new Map([
      ['card.md', new TextEncoder().encode(card)],
      ['evaluation.json', new TextEncoder().encode(formatJson(evaluation))],
      ['predictions.arrow', predictionsFile(predictions, test.ids, champion)],
      ['report.html', new TextEncoder().encode(report)],
    ]),
  );
  const judgedHere = await rememberLook(runDirectory, looked, ports);
  return {
    folder,
    digest: manifest.digest,
    looks: looksOf({ versions: judgedVersions, runs: judgedHere }),
    judgedHere,
    fingerprint,
    evaluation,
    ...(other ? { alsoUnder: other } : {}),
    reportPath: path.join(folder, 'report.html'),
    judged: {
      dataset,
      model,
      ...(theirs ? { champion: theirs } : {}),
      evidence: { rows: test, predictions, filtered, ...(evidence.folds ? { folds: evidence.folds } : {}) },
    },
  };
}

function judgedUnderOtherRules(
  other: Config['validate'] | undefined,
  own: Config['validate'],
  judge: (rules: Config['validate']) => Evaluation,
): OtherJudgement | undefined {
  if (other === undefined || digestOf(other) === digestOf(own)) return undefined;
  try {
    return { evaluation: judge(other) };
  } catch (error) {
    if (error instanceof ConfigurationError) return { reason: error.message };
    throw error;
  }
}
