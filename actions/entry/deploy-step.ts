import { type DeployOutputs, deploy } from '../deploy/deploy.ts';
import { rollback } from '../deploy/rollback.ts';
import { type Attestation, attestationOf } from './attestation.ts';
import type { StepInputs } from './inputs.ts';
import { fetchResults } from './results.ts';
import { pipelinePlace, requiredToken, type StepHost, type StepResult } from './step.ts';

/** The action `deploy`: the judged model of this job or run becomes a version; or an older version comes back. */
export async function deployStep(inputs: StepInputs<'deploy'>, host: StepHost): Promise<StepResult> {
  const { context } = host;
  const place = pipelinePlace(inputs, context);
  const ports = {
    ...host.ports,
    forge: await host.forge(requiredToken(inputs['github-token'], 'deploying')),
  };
  const run = { id: context.run.id, url: context.run.url };
  const to = inputs['rollback-to'];
  if (to === undefined) await fetchResults(inputs, place, ['model', 'evaluation'], host);
  const outputs = await (to === undefined
    ? deploy(
        {
          config: place.config,
          output: place.runDirectory,
          commit: context.commit,
          run,
          ...(inputs.bump === undefined ? {} : { bump: inputs.bump }),
        },
        ports,
      )
    : rollback({ config: place.config, to, run }, ports));
  ports.logger.info(sentenceOf(outputs));
  const attestation = attestationOf(inputs, outputs, host);
  await host.summarise(summaryOf(outputs, attestation));
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
          failed: `${sentenceOf(outputs)}:\n${outputs.reasons.slice(0, 5).join('\n')}`,
        }
      : {}),
  };
}

function sentenceOf({ tag, environment, change, replaced }: DeployOutputs): string {
  if (change === 'unchanged') return `${tag} is in ${environment} already: nothing to do`;
  if (change === 'failed') return `${tag} is not in ${environment}: its smoke test found a difference`;
  return `${tag} is in ${environment}${replaced === undefined ? '' : ` in place of ${replaced}`}`;
}

/** Names and versions are of patterns that need no escaping. */
function summaryOf(outputs: DeployOutputs, attestation: Attestation): string {
  const { change, releaseUrl, bundle } = outputs;
  return [
    `### ${change === 'failed' ? '❌' : '🚀'} ${sentenceOf(outputs)}`,
    `[Release](${releaseUrl}), \`${bundle.name}\` \`${bundle.digest}\``,
    ...(attestation.wanted ? [] : [`Not attested: ${attestation.why}.`]),
    '',
  ].join('\n\n');
}
