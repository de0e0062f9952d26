// A model judged on the test rows, beside the champion, by the gates.
import path from 'node:path';
import type { Dataset } from '../../shared/artifacts/folders/dataset-folder.ts';
import { type Model, readModelFolder } from '../../shared/artifacts/folders/model-folder.ts';
import { writeFolder } from '../../shared/artifacts/folders/run-folder.ts';
import type { LoadedConfig } from '../../shared/config/load.ts';
import type { Config } from '../../shared/config/sections/schema.ts';
import { evaluate } from '../../shared/metrics/evaluate.ts';
import type { Evaluation } from '../../shared/metrics/evaluation/evaluation.ts';
import {
  type JudgedRowsRecord,
  type Looks,
  looksOf,
  withModel,
} from '../../shared/metrics/evaluation/looks.ts';
import type { ChampionInput } from '../../shared/metrics/intervals/champion-comparison.ts';
import { renderModelCard } from '../../shared/model/card/card.ts';
import type { RuntimePlaces } from '../../shared/model/onnx/runtime-places.ts';
import { digestOf } from '../../shared/platform/digest.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { formatJson } from '../../shared/platform/json.ts';
import { type Logger, silentLogger } from '../../shared/platform/logger.ts';
import { cicloVersion, resultFormat } from '../../shared/platform/version.ts';
import { renderEvaluationReport } from '../../shared/report/evaluation-report.ts';
import { type Pipeline, runDirectoryOf } from '../pipeline/pipeline.ts';
import { runtimePlaces } from '../pipeline/runtime-places.ts';
import type { VerbPorts } from '../ports.ts';
import { readPrepared } from '../prepare/prepared-dataset.ts';
import { coveredFiles } from '../train/command/covered-files.ts';
import { trainingConfig } from '../train/train.ts';
import { type EarlierModelChallenger, judgeEarlier } from './earlier-model.ts';
import { type Evidence, evidenceOf } from './evidence-rows.ts';
import { rememberLook, rowsDigest } from './looks-history.ts';
import type { Window } from './newer-rows.ts';
import { predictionsFile } from './predictions.ts';
import { sliceColumns } from './slices.ts';

/** Inputs of the verb validate. */
export interface ValidateInputs {
  readonly pipeline: Pipeline;
  /** The run directory; default `.ciclo` beside ciclo.yml. */
  readonly output?: string;
  /** Folder of the champion's model, to compare with on the same unseen rows. */
  readonly champion?: string;
  /** What the champion is called, `fuel@v1.2.0`; default its pipeline's name. */
  readonly championName?: string;
  /** Digest of the champion's model as it was judged: a release leaves rare values and predictions of rows out of it. */
  readonly championModel?: string;
  /** How far the data of the champion goes, in event time; absent where it is not known. */
  readonly championWindow?: Window;
  /** Why the champion cannot be read, in place of its folder: there is one, and nothing can be compared with it. */
  readonly championProblem?: string;
  /** The version that gates `of: anchor` compare with; absent where it is not known. */
  readonly anchor?: AnchorInputs;
  /** What the champion's own evaluation says of the test rows that judged it. */
  readonly judgedBefore?: JudgedRowsRecord;
  /** The section `validate` of another ciclo.yml, such as the base branch's: the model is judged by its gates too. */
  readonly alsoUnder?: Config['validate'];
}

/** Which version the anchor is, and its model's folder as far as it is needed. */
export interface AnchorInputs {
  /** `fuel@v1.0.0`; that of the champion when it is the champion itself. */
  readonly name: string;
  readonly folder?: string;
  /** Digest of its model as it was judged. */
  readonly model?: string;
  readonly window?: Window;
  /** Why it cannot be read. */
  readonly problem?: string;
}

/** How the model does under other rules, or why these rules cannot judge it: they name a column that is gone. */
export type OtherJudgement = { readonly evaluation: Evaluation } | { readonly reason: string };

/** What was judged, as it was read and checked: who shows an evaluation, or looks closer, need not read it again. */
export interface JudgedFolders {
  readonly dataset: Dataset<'train' | 'validation' | 'test' | 'filtered'>;
  readonly model: Model;
  readonly champion?: Model;
  readonly evidence: Pick<Evidence, 'rows' | 'predictions' | 'filtered' | 'folds'>;
}

/** What validate made. */
export interface ValidateOutputs {
  readonly folder: string;
  readonly digest: string;
  readonly fingerprint: string;
  readonly evaluation: Evaluation;
  /** How it would have ended under `alsoUnder`; absent when that declares the same. Not written anywhere. */
  readonly alsoUnder?: OtherJudgement;
  readonly reportPath: string;
  /** How many models the test rows have judged. */
  readonly looks: Looks;
  /** Those of them that are known from the run directory. */
  readonly judgedHere: JudgedRowsRecord;
  readonly judged: JudgedFolders;
}

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

function unreadableChampion({
  pipeline,
  championName: name = pipeline.name,
  championProblem: reason,
}: ValidateInputs): ChampionInput | undefined {
  return reason === undefined ? undefined : { name, reason };
}

/** The anchor as it is compared with: the champion itself, another version's model, or a name that stands for none. */
async function judgeAnchor(
  { anchor, championName }: ValidateInputs,
  challenger: EarlierModelChallenger,
  places: RuntimePlaces,
): Promise<ChampionInput | 'champion' | undefined> {
  if (!anchor) return undefined;
  const { name, folder, model: judged, window, problem } = anchor;
  if (name === championName) return 'champion';
  if (folder === undefined)
    return { name, reason: problem ?? 'its model was not fetched, since no gate asked for it' };
  return judgeEarlier({ model: await readModelFolder(folder, places), name, window, judged }, challenger);
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

/** Refuses a model of another dataset, or of another training, than ciclo.yml describes now. */
function checkModel({ folder, manifest }: Model, dataset: string, config: Config): void {
  const { inputs } = manifest;
  if (inputs.dataset !== dataset) {
    throw new ConfigurationError(
      `the model in ${folder} was trained on another dataset (${inputs.dataset}) than the one beside it (${dataset}): run ciclo train again`,
    );
  }
  if (inputs.train !== digestOf(trainingConfig(config))) {
    throw new ConfigurationError(
      `the model in ${folder} was trained under another configuration (train, validate.primary, validate.decision) than ciclo.yml says now: run ciclo train again`,
    );
  }
}

/** Refuses a model of other scripts than those of the commands that ciclo.yml declares. */
async function checkCommands({ folder, manifest }: Model, loaded: LoadedConfig): Promise<void> {
  const covered = await coveredFiles(loaded);
  if (manifest.inputs.command === covered?.digest) return;
  throw new ConfigurationError(
    `the model in ${folder} was trained when the files that its command is made of were others (${Object.keys(covered?.digests ?? {}).join(', ')}): run ciclo train again`,
  );
}
