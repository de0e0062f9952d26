import path from 'node:path';
import type { Forge } from '../../shared/forge/ports/forge.ts';
import type { Evaluation } from '../../shared/metrics/evaluation/evaluation.ts';
import { meaningOf } from '../../shared/metrics/evaluation/verdict.ts';
import { type ProductionChampion, productionChampion } from '../deploy/champion.ts';
import type { DeclaredChange } from '../validate/declared-change.ts';
import { validate } from '../validate/validate.ts';
import { baseOf, declaredOf, unagreed } from './declared-rules.ts';
import { showEvaluation } from './evaluation-display.ts';
import type { StepInputs } from './inputs.ts';
import { fetchResults, storeResult } from './results.ts';
import { openPipeline, type PipelinePlace, requiredToken, type StepHost, type StepResult } from './step.ts';

type Inputs = StepInputs<'validate'>;

/** The action `validate`: judges, keeps the result, shows it on the pull request, and ends red when a gate failed. */
export async function validateStep(inputs: Inputs, host: StepHost): Promise<StepResult> {
  const { context, ports } = host;
  const place = await openPipeline(inputs, context);
  await fetchResults(inputs, place, ['dataset', 'model'], host);
  const forge = await forgeFor(inputs, host);
  const base = await baseOf(place, forge, host);
  const champion = await championOf(inputs, place, forge, host);
  const outputs = await validate(
    {
      pipeline: place.pipeline,
      output: place.runDirectory,
      ...champion,
      ...(base?.state === 'there' ? { alsoUnder: base.loaded.config.validate } : {}),
    },
    ports,
  );
  const { evaluation } = outputs;
  ports.logger.info(`${evaluation.verdict.toUpperCase()}  ${evaluation.headline}`);
  for (const { message } of evaluation.warnings ?? []) {
    ports.logger.warn(message, { file: place.pipeline.loaded.file });
  }
  const stored = await storeResult(inputs, outputs.folder, host);
  const declared = await declaredOf(inputs, { place, base, outputs, forge }, host);
  const published = await showEvaluation(
    {
      inputs,
      place,
      outputs,
      ...(stored.url === undefined ? {} : { artifact: stored.url }),
      ...(declared ? { declared } : {}),
      ...(forge ? { forge } : {}),
    },
    host,
  );
  const primary = evaluation.metrics.find(({ name }) => name === evaluation.primary);
  return {
    outputs: {
      verdict: evaluation.verdict,
      headline: evaluation.headline,
      loosened: declared?.agreement?.state ?? 'none',
      'primary-metric': evaluation.primary,
      'primary-value': primary?.value == null ? '' : String(primary.value),
      fingerprint: outputs.fingerprint,
      digest: outputs.digest,
      'report-path': outputs.reportPath,
      ...stored.outputs,
      'comment-url': published.comment?.url ?? '',
      'check-url': published.checkUrl ?? '',
    },
    ...failureOf(inputs, evaluation, declared),
  };
}

/** The code host: the registry of versions, the base branch, and where the verdict is shown. */
async function forgeFor(inputs: Inputs, { context, forge }: StepHost): Promise<Forge | undefined> {
  const needed = inputs.check || context.base !== undefined;
  if (inputs['github-token'] === undefined && !needed) return undefined;
  return forge(requiredToken(inputs['github-token'], 'showing the verdict'));
}

/** The model to compare with: the folder that was named, else the version in production. */
async function championOf(
  inputs: Inputs,
  { pipeline, runDirectory }: PipelinePlace,
  forge: Forge | undefined,
  { context, ports }: StepHost,
): Promise<ProductionChampion['inputs']> {
  if (inputs.champion !== undefined) {
    return { champion: path.resolve(context.workspace, inputs['working-directory'], inputs.champion) };
  }
  if (!forge) {
    const championProblem =
      'without github-token nobody can be asked which version is in production: pass it, or name the champion';
    ports.logger.warn(championProblem);
    return { championName: 'the version in production', championProblem };
  }
  const champion = await productionChampion({ pipeline, output: runDirectory }, forge);
  if (champion?.warning !== undefined) ports.logger.warn(champion.warning);
  else if (champion) ports.logger.info(`the champion is ${champion.name}`);
  return champion?.inputs ?? {};
}

/** Why the step ends red: a gate, or rules that were loosened and to which nobody agreed. */
function failureOf(
  inputs: Inputs,
  { verdict, headline }: Evaluation,
  declared: DeclaredChange | undefined,
): { readonly failed?: string } {
  const gate = meaningOf(verdict).failsStep[inputs['fail-on']] ? [headline] : [];
  const reasons = [...gate, ...unagreed(declared)];
  return reasons.length === 0 ? {} : { failed: reasons.join('\n') };
}
