import { blocks, code, link, md } from '../../shared/report/pull-request/markdown.ts';
import type { DeployOutputs } from '../deploy/deploy-outputs.ts';
import type { Promotion } from '../deploy/promotion.ts';
import type { Attestation } from './attestation.ts';

/** What the summary says about a deployment. */
type Deployed = Pick<DeployOutputs, 'tag' | 'environment' | 'change' | 'replaced' | 'releaseUrl' | 'bundle'>;

/** What a deployment came to, in a sentence without its stop. */
export function deploySentence(outputs: Deployed): string {
  const former = replacedOf(outputs);
  return `${outputs.tag} ${outcomeOf(outputs)}${former === undefined ? '' : ` in place of ${former}`}`;
}

function outcomeOf({ environment, change }: Deployed): string {
  if (change === 'unchanged') return `is in ${environment} already: nothing to do`;
  if (change === 'failed') return `is not in ${environment}: its smoke test found a difference`;
  return `is in ${environment}`;
}

function replacedOf({ change, replaced }: Deployed): string | undefined {
  return change === 'deployed' ? replaced : undefined;
}

/**
 * The summary of a deploying job, in GitHub's Markdown: what it came to, the bundle, whether that is what was approved,
 * and why it is not attested where it is not.
 */
export function deploySummary(outputs: Deployed, attestation: Attestation, promotion?: Promotion): string {
  const { tag, change, releaseUrl, bundle } = outputs;
  const former = replacedOf(outputs);
  const page = blocks([
    md`### ${change === 'failed' ? '❌' : '🚀'} ${code(tag)} ${outcomeOf(outputs)}${former !== undefined && md` in place of ${code(former)}`}`,
    md`${link('Release', releaseUrl)}, ${code(bundle.name, 120)} ${code(bundle.digest, 80)}`,
    promotion && md`${promotion.outcome === 'other' && md`⚠️ `}${capitalised(promotion.sentence)}.`,
    attestation.wanted ? undefined : md`Not attested: ${attestation.why}.`,
  ]);
  return `${page}\n`;
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
