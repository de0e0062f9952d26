import {
  type Consequence,
  consequenceOf,
  doubts,
  type InconclusivePolicy,
} from '../sections/inconclusive-policy.ts';
import type { DeclarationChange } from './declaration-changes-item.ts';

/** Every gate that can be inconclusive, as the policy tells them apart. */
const cases = [false, true].flatMap((soft) => doubts.map((doubt) => ({ doubt, soft })));

const strictness: Readonly<Record<Consequence, number>> = { pass: 0, warn: 1, fail: 2 };

/** What changes of `validate.inconclusive`: stricter only where no kind of inconclusive gate means less than it did. */
export function policyChange(
  base: InconclusivePolicy,
  head: InconclusivePolicy,
): Pick<DeclarationChange, 'effect' | 'sentence'> | undefined {
  const steps = cases.map(
    (one) => strictness[consequenceOf(head, one)] - strictness[consequenceOf(base, one)],
  );
  if (steps.every((step) => step === 0)) return undefined;
  return {
    effect: steps.every((step) => step >= 0) ? 'tightens' : 'loosens',
    sentence: `an inconclusive gate now means ${policyWords(head)}, not ${policyWords(base)}`,
  };
}

/** `warn`; `warn within, fail beyond, warn unmeasured`. */
function policyWords(policy: InconclusivePolicy): string {
  if (typeof policy === 'string') return policy;
  return doubts.map((doubt) => `${policy[doubt]} ${doubt}`).join(', ');
}
