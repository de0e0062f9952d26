import { rowUseWords } from '../../shared/dataset/quality/row-use.ts';
import { sampleWords } from '../../shared/dataset/quality/sample-report.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { byCount, counted, formatCount } from '../../shared/text/counts.ts';
import { prepare } from '../prepare/prepare.ts';
import { datasetWithheld } from './dataset-artifact.ts';
import type { StepInputs } from './inputs.ts';
import { storeResult } from './results.ts';
import { sourcePorts } from './source-environment.ts';
import { openPipeline, type StepHost, type StepResult } from './step.ts';
import { rolePorts } from './storage-role.ts';

/**
 * The action `prepare`.
 *
 * @throws ConfigurationError as `prepare` does; in a fork's run it says that forks get no secrets.
 */
export async function prepareStep(inputs: StepInputs<'prepare'>, host: StepHost): Promise<StepResult> {
  const { pipeline, runDirectory } = await openPipeline(inputs, host.context);
  const ports = rolePorts(inputs, sourcePorts(inputs['source-env'], host), host);
  const outputs = await prepare({ pipeline, output: runDirectory }, ports).catch((error: unknown) => {
    throw host.context.pullRequest?.fork ? withoutSecrets(error) : error;
  });
  const { quality, rows } = outputs;
  const { logger } = ports;
  const sample = sampleWords(quality.rows);
  if (sample !== undefined) logger.info(`sampled ${sample}`);
  logger.info(
    `${counted(quality.rows.read, 'row')} read, ${formatCount(quality.rows.kept)} kept: ${rowUseWords(rows)}`,
  );
  const failed = quality.checks.filter((check) => check.status === 'fail');
  for (const { status, check, message } of quality.checks) {
    if (status === 'warn') logger.warn(`${check}: ${message}`, { file: pipeline.loaded.file });
  }
  logger.info(`dataset ${outputs.digest}`);
  const withheld = datasetWithheld(inputs, pipeline.loaded.config, host.context.payload);
  if (withheld !== undefined) logger.info(withheld);
  return {
    outputs: {
      fingerprint: outputs.fingerprint,
      digest: outputs.digest,
      folder: outputs.folder,
      rows: String(quality.rows.kept),
      quality: quality.status,
      ...(withheld === undefined ? (await storeResult(inputs, outputs.folder, host)).outputs : {}),
    },
    ...(failed.length === 0
      ? {}
      : {
          failed: `the data failed ${byCount(failed.length, 'a quality check', counted(failed.length, 'quality check'))}: ${failed
            .map(({ check, message }) => `${check}: ${message}`)
            .join('; ')}. Fix the data, or change prepare.checks in ciclo.yml`,
        }),
  };
}

/** A fork's run gets no secrets, so a source that needs one cannot be asked: that is not a mistake of the contributor's. */
function withoutSecrets(error: unknown): unknown {
  if (
    !(error instanceof ConfigurationError) ||
    !/environment variable CICLO_|^aws-role: GitHub gives/.test(error.message)
  )
    return error;
  return new ConfigurationError(
    `${error.message}\nThis pull request comes from a fork, whose runs get no secrets. Its data can be read from a snapshot that is committed (data.snapshot in ciclo.yml), or somebody who may push takes the change to a branch of this repository.`,
    { cause: error },
  );
}
