import { needsAgreement } from '../../config/declaration/declaration-changes.ts';
import { capitalised } from '../../text/capitalised.ts';
import { bulletList, clippedText, code, type Markdown, md, type Piece } from './markdown.ts';
import type { Declaration } from './pull-request-report.ts';

/** By this a maintainer who works alone agrees. */
export const agreementLabel = 'ciclo:loosened-ok';

const way = md`Somebody with write access approves this very commit in a review; a maintainer who works alone puts on the label ${code(agreementLabel)}. The next push asks for it again.`;

/**
 * Who agreed to what is loosened, or how to agree; undefined where nobody needs to.
 *
 * @param limit reasons at most why what there is does not count.
 */
export function agreementLines({ changes, agreement }: Declaration, limit: number): Markdown | undefined {
  if (!changes.some(needsAgreement)) return undefined;
  if (!agreement) return md`All that is not provably stricter needs somebody who agrees. ${way}`;
  if (agreement.state === 'agreed') {
    const how =
      agreement.how === 'review' ? md`in a review of this commit` : md`by the label ${code(agreementLabel)}`;
    return md`${code(agreement.by, 60)} agreed to it ${how}.`;
  }
  const first: Piece = agreement.stops
    ? md`**The job fails until somebody agrees.** ${way}`
    : md`Nobody has agreed to it, which does not stop the job (${code('on-loosened: warn')}). ${way}`;
  const reasons = agreement.why.slice(0, limit).map((reason) => clippedText(capitalised(reason), 300));
  return reasons.length === 0
    ? md`${first}`
    : md`${first}

${bulletList(reasons)}`;
}

/** Whether the declaration alone ends the job red. */
export function isStopped(declaration: Declaration | undefined): boolean {
  return declaration?.agreement?.state === 'awaited' && declaration.agreement.stops;
}
