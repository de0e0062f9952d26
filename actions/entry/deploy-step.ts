import path from 'node:path';
import { readFolder } from '../../shared/artifacts/folders/run-folder.ts';
import type { Forge } from '../../shared/forge/ports/forge.ts';
import { deploy } from '../deploy/deploy.ts';
import { comparePromotion, type Promotion } from '../deploy/promotion.ts';
import { rollback } from '../deploy/rollback.ts';
import { attestationOf } from './attestation.ts';
import { deploySentence, deploySummary } from './deploy-summary.ts';
import { checkDeployableRef } from './deployable-ref.ts';
import type { StepInputs } from './inputs.ts';
import { isPublic } from './repository-visibility.ts';
import { fetchResults } from './results.ts';
import { openPipeline, type PipelinePlace, requiredToken, type StepHost, type StepResult } from './step.ts';

/** The action `deploy`: the judged model of this job or run becomes a version; or an older version comes back. */
export async function deployStep(inputs: StepInputs<'deploy'>, host: StepHost): Promise<StepResult> {
  const { context } = host;
  const place = await openPipeline(inputs, context);
  const ports = {
    ...host.ports,
    forge: await host.forge(requiredToken(inputs['github-token'], 'deploying')),
  };
  await checkDeployableRef(context, inputs['allow-ref'], ports.forge.repository);
  const run = { id: context.run.id, url: context.run.url };
  const to = inputs['rollback-to'];
  if (to === undefined && !place.pipeline.lock) {
    ports.logger.warn(
      'there is no ciclo.lock in the checkout, so the version will not say how far its data goes: run npx ciclo lock, and commit it',
    );
  }
  if (to === undefined) await fetchResults(inputs, place, ['model', 'evaluation'], host);
  const outputs = await (to === undefined
    ? deploy(
        {
          pipeline: place.pipeline,
          output: place.runDirectory,
          commit: context.commit,
          approver: context.actor,
          run,
          isPrivate: !isPublic(context.payload),
          ...(inputs.evaluation === undefined ? {} : { evaluation: inputs.evaluation }),
          ...(inputs.bump === undefined ? {} : { bump: inputs.bump }),
        },
        ports,
      )
    : rollback({ pipeline: place.pipeline, to, run }, ports));
  ports.logger.info(deploySentence(outputs));
  const attestation = attestationOf(inputs, outputs, host);
  const promotion = to === undefined ? await promotionOf(place, ports, context.commit) : undefined;
  await host.summarise(deploySummary(outputs, attestation, promotion));
  return {
    outputs: {
      version: outputs.version,
      tag: outputs.tag,
      environment: outputs.environment,
      change: outputs.change,
      'release-url': outputs.releaseUrl,
      'bundle-name': outputs.bundle.name,
      'bundle-digest': outputs.bundle.digest,
      attestation: attestation.wanted ? 'wanted' : '',
    },
    ...(outputs.change === 'failed'
      ? {
          failed: `${deploySentence(outputs)}:\n${outputs.reasons.slice(0, 5).join('\n')}`,
        }
      : {}),
  };
}

/** Whether what is deployed is what was approved; loud when it is not. */
async function promotionOf(
  { runDirectory }: PipelinePlace,
  { forge, logger }: StepHost['ports'] & { readonly forge: Forge },
  commit: string,
): Promise<Promotion> {
  const { manifest } = await readFolder(path.join(runDirectory, 'model'), 'model');
  const promotion = await comparePromotion({ manifest, commit }, forge);
  if (promotion.outcome === 'other') logger.warn(promotion.sentence);
  else logger.info(promotion.sentence);
  return promotion;
}
