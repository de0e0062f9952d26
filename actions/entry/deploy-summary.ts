import { code, link, md } from '../../shared/report/pull-request/markdown.ts';
import { oneLine } from '../../shared/text/markdown.ts';
import type { DeployOutputs } from '../deploy/deploy-outputs.ts';
import type { Promotion } from '../deploy/promotion.ts';
import type { Attestation } from './attestation.ts';

/** What a deployment came to, for the run's log: a sentence without its stop. */
export function deploySentence({ tag, environment, change, replaced }: DeployOutputs): string {
  if (change === 'unchanged') return `${tag} is in ${environment} already: nothing to do`;
  if (change === 'failed') return `${tag} is not in ${environment}: its smoke test found a difference`;
  return `${tag} is in ${environment}${replaced === undefined ? '' : ` in place of ${replaced}`}`;
}

/**
 * The Markdown of the run's summary page. Tags, environments and messages of the code host are texts of somebody's; why
 * there is no attestation is Markdown of ours.
 */
export function deploySummary(
  outputs: DeployOutputs,
  attestation: Attestation,
  promotion: Promotion | undefined,
): string {
  const { change, releaseUrl, bundle } = outputs;
  return [
    md`### ${change === 'failed' ? '❌' : '🚀'} ${deploySentence(outputs)}`,
    md`${link('Release', releaseUrl)}, ${code(bundle.name, 120)} ${code(bundle.digest, 80)}`,
    ...(promotion
      ? [md`${promotion.outcome === 'other' && '⚠️ '}${capital(oneLine(promotion.sentence))}.`]
      : []),
    ...(attestation.wanted ? [] : [`Not attested: ${attestation.why}.`]),
    '',
  ].join('\n\n');
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
