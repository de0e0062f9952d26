import type { Manifest } from '../../shared/artifacts/folders/manifest.ts';
import type { Forge, PullRequest } from '../../shared/forge/ports/forge.ts';
import { ForgeError } from '../../shared/forge/ports/forge-error.ts';
import { type JudgedInputs, judgedInputsOf, parseJudgedLine } from '../validate/judged-line.ts';
import { checkName } from '../validate/publication.ts';

/** Whether the model is the very one that the merged pull request was judged on. */
export interface Promotion {
  /** `unknown`: there is nothing to compare with. */
  readonly outcome: 'same' | 'other' | 'unknown';
  /** A sentence without its stop. */
  readonly sentence: string;
}

/**
 * Compares the model that was made of the merged commit with the one that the pull request's check is about. Deploying
 * does not depend on it, since the merged commit was judged itself; but what a person approved should be what is deployed,
 * or it should be said why it is not.
 *
 * @param manifest of the model that is deployed.
 * @param commit that is deployed.
 * @throws what is not a ForgeError: when the code host cannot be asked, the outcome is `unknown`.
 */
export async function comparePromotion(
  { manifest, commit }: { readonly manifest: Manifest; readonly commit: string },
  forge: Pick<Forge, 'pullRequests' | 'checks'>,
): Promise<Promotion> {
  try {
    const [pullRequest] = await forge.pullRequests.mergedAs(commit);
    if (!pullRequest) return unknown('no pull request brought this commit');
    const stranger = pullRequest.head.repository !== pullRequest.base.repository;
    if (stranger) return unknown(`#${pullRequest.number} came from a fork, whose own run is not trusted`);
    return await compare(pullRequest, manifest, forge);
  } catch (error) {
    if (error instanceof ForgeError) return unknown(error.message);
    throw error;
  }
}

function unknown(why: string): Promotion {
  return {
    outcome: 'unknown',
    sentence: `the model cannot be compared with one that a pull request was judged on: ${why}`,
  };
}

async function compare(
  { number, head }: PullRequest,
  manifest: Manifest,
  { checks }: Pick<Forge, 'checks'>,
): Promise<Promotion> {
  const name = checkName(manifest.pipeline);
  const [newest] = await checks.list(head.commit, name);
  if (!newest) return unknown(`the head of #${number} has no check "${name}"`);
  const judged = parseJudgedLine(newest.summary);
  if (!judged) return unknown(`the check "${name}" of #${number} does not say which model it is about`);
  const made = judgedInputsOf(manifest);
  if (made.model === judged.model)
    return { outcome: 'same', sentence: `these are the bytes that #${number} was judged on` };
  const sentence = `these are not the bytes that #${number} was judged on: ${difference(made, judged, manifest)}`;
  return { outcome: 'other', sentence };
}

function difference(made: JudgedInputs, judged: JudgedInputs, { reproducible }: Manifest): string {
  if (made.data !== judged.data) return 'the merge has other data';
  if (made.train !== judged.train) return 'the merge has another training configuration';
  if (reproducible !== true) return 'this engine does not give the same bytes on every machine';
  return 'the merge has another preparation, or another version of Ciclo made it';
}
