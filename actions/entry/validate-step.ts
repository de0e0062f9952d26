import path from 'node:path';
import { parseConfig } from '../../shared/config/load.ts';
import type { Forge } from '../../shared/forge/forge.ts';
import { ForgeError } from '../../shared/forge/forge-error.ts';
import { meaningOf } from '../../shared/metrics/verdict.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import type { BaseDeclaration } from '../validate/pull-request-report.ts';
import { validate } from '../validate/validate.ts';
import { showEvaluation } from './evaluation-display.ts';
import type { StepInputs } from './inputs.ts';
import { fetchResults, storeResult } from './results.ts';
import { type PipelinePlace, pipelinePlace, requiredToken, type StepHost, type StepResult } from './step.ts';

type Inputs = StepInputs<'validate'>;

/** The action `validate`: judges, keeps the result, shows it on the pull request, and ends red when a gate failed. */
export async function validateStep(inputs: Inputs, host: StepHost): Promise<StepResult> {
  const { context, ports } = host;
  const place = pipelinePlace(inputs, context);
  await fetchResults(inputs, place, ['dataset', 'model'], host);
  const forge = await forgeFor(inputs, host);
  const base = await baseOf(place, forge, host);
  const champion =
    inputs.champion === undefined
      ? undefined
      : path.resolve(context.workspace, inputs['working-directory'], inputs.champion);
  const outputs = await validate(
    {
      config: place.config,
      output: place.runDirectory,
      ...(champion === undefined ? {} : { champion }),
      ...(base ? { alsoUnder: base.loaded.config.validate } : {}),
    },
    ports,
  );
  const { evaluation } = outputs;
  ports.logger.info(`${evaluation.verdict.toUpperCase()}  ${evaluation.headline}`);
  const stored = await storeResult(inputs, outputs.folder, host);
  const published = await showEvaluation(
    {
      inputs,
      place,
      outputs,
      ...(stored.url === undefined ? {} : { artifact: stored.url }),
      ...(base ? { base } : {}),
      ...(champion === undefined ? {} : { champion }),
      ...(forge ? { forge } : {}),
    },
    host,
  );
  const primary = evaluation.metrics.find(({ name }) => name === evaluation.primary);
  return {
    outputs: {
      verdict: evaluation.verdict,
      headline: evaluation.headline,
      'primary-metric': evaluation.primary,
      'primary-value': primary?.value == null ? '' : String(primary.value),
      fingerprint: outputs.fingerprint,
      digest: outputs.digest,
      'report-path': outputs.reportPath,
      ...stored.outputs,
      'comment-url': published.commentUrl ?? '',
      'check-url': published.checkUrl ?? '',
    },
    ...(meaningOf(evaluation.verdict).failsStep[inputs['fail-on']] ? { failed: evaluation.headline } : {}),
  };
}

/** The code host, where there is something to ask or to show: a pull request or merge group, or a check. */
async function forgeFor(inputs: Inputs, { context, forge }: StepHost): Promise<Forge | undefined> {
  if (!inputs.check && context.base === undefined) return undefined;
  return forge(requiredToken(inputs['github-token'], 'showing the verdict'));
}

/** ciclo.yml as it stands where the change is going, so that a change of the rules is seen and judged by the old ones too. */
async function baseOf(
  { repositoryPath }: PipelinePlace,
  forge: Forge | undefined,
  { context, ports }: StepHost,
): Promise<BaseDeclaration | undefined> {
  const { base } = context;
  if (!base || !forge || repositoryPath === undefined) return undefined;
  try {
    const text = await forge.contents.read(repositoryPath, base.commit);
    if (text === undefined) return undefined;
    return { branch: base.branch, loaded: parseConfig(text, repositoryPath) };
  } catch (error) {
    if (!(error instanceof ForgeError || error instanceof ConfigurationError)) throw error;
    ports.logger.warn(
      `${repositoryPath} of ${base.branch} could not be compared with this one, so a changed gate is not named: ${error.message}`,
    );
    return undefined;
  }
}
