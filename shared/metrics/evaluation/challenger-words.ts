import { byCount, counted } from '../../text/counts.ts';
import { measuredShare } from '../../text/percent.ts';
import { type ChallengerOutcome, challengerChange, challengerOutcome } from './challenger-outcome.ts';
import type { Evaluation } from './evaluation.ts';

/** A challenger that was judged: what it came to, and by how much the primary metric changed, as a share. */
export interface ChallengerResult {
  readonly outcome: ChallengerOutcome;
  readonly change: number | null;
}

/** What is said of a challenger, from its evaluation. @param confidence `retrain.confidence`. */
export function judgedChallenger(evaluation: Evaluation, confidence: number): ChallengerResult {
  return { outcome: challengerOutcome(evaluation, confidence), change: challengerChange(evaluation) };
}

/** The changes, in parentheses after a space: ` (−0.7%, −14%)`; nothing where none is known. */
export function changesInParentheses(challengers: readonly Pick<ChallengerResult, 'change'>[]): string {
  const known = challengers.flatMap(({ change }) =>
    change === null ? [] : measuredShare(change, { sign: true }),
  );
  const shown = known.slice(0, mostChanges);
  if (shown.length === 0) return '';
  return ` (${shown.join(', ')}${known.length > shown.length ? ' …' : ''})`;
}

const mostChanges = 12;

const unfavourable: Readonly<
  Record<Exclude<ChallengerOutcome, 'better'>, (was: string, changes: string) => string>
> = {
  'not-clearly-better': (was, changes) => `${was} not clearly better${changes}`,
  'gates-fail': (was, changes) => `${was} better${changes} but failed a gate`,
  'not-comparable': (was) => `${was} not comparable with the model in production`,
};

/**
 * The challengers that were not better, a phrase for each outcome: `1 challenger was not clearly better
 * (−0.7%)`.
 *
 * @param after a phrase that says what is counted: then the numbers stand alone.
 */
export function notBetterWords(
  challengers: readonly ChallengerResult[],
  { after = false }: { readonly after?: boolean } = {},
): string[] {
  const names = ['not-clearly-better', 'gates-fail', 'not-comparable'] as const;
  let named = after;
  return names.flatMap((outcome) => {
    const some = challengers.filter((one) => one.outcome === outcome);
    if (some.length === 0) return [];
    const count = named ? String(some.length) : counted(some.length, 'challenger');
    named = true;
    return [
      unfavourable[outcome](`${count} ${byCount(some.length, 'was', 'were')}`, changesInParentheses(some)),
    ];
  });
}
