import { consequenceOf, type InconclusivePolicy } from '../../config/sections/inconclusive-policy.ts';
import type { Evaluation } from './evaluation.ts';
import type { GateResult } from './gate-result.ts';

export type Verdict = Evaluation['verdict'];

/** What a verdict means elsewhere: the one table for checks, steps and deployment (DESIGN §12.17). */
export interface VerdictMeaning {
  /** Conclusion of the check run. */
  readonly conclusion: 'success' | 'neutral' | 'failure';
  /** Whether the step fails, by the input `fail-on`. */
  readonly failsStep: Readonly<Record<'fail' | 'inconclusive' | 'never', boolean>>;
  readonly deployable: boolean;
}

const meanings: Readonly<Record<Verdict, VerdictMeaning>> = {
  pass: {
    conclusion: 'success',
    failsStep: { fail: false, inconclusive: false, never: false },
    deployable: true,
  },
  warn: {
    conclusion: 'neutral',
    failsStep: { fail: false, inconclusive: true, never: false },
    deployable: true,
  },
  fail: {
    conclusion: 'failure',
    failsStep: { fail: true, inconclusive: true, never: false },
    deployable: false,
  },
};

/** The meaning of a verdict. */
export function meaningOf(verdict: Verdict): VerdictMeaning {
  return meanings[verdict];
}

/** From bad to good: what a verdict is the worst of. */
const worstFirst = ['fail', 'warn', 'pass'] as const;

/** The verdict is the worst of what the gates mean; gates that do not apply say nothing. */
export function verdictOf(gates: readonly GateResult[], policy: InconclusivePolicy): Verdict {
  const meant = new Set(gates.map((gate) => consequenceOfGate(gate, policy)));
  return worstFirst.find((verdict) => meant.has(verdict)) ?? 'pass';
}

/** What one gate means for the verdict: it fails, passes, or the policy says. */
export function consequenceOfGate(
  gate: Pick<GateResult, 'kind' | 'outcome' | 'slice' | 'doubt'>,
  policy: InconclusivePolicy,
): Verdict {
  if (gate.outcome === 'fail') return 'fail';
  if (gate.outcome !== 'inconclusive') return 'pass';
  // Only evaluations of earlier versions state no doubt, and their policy is one word; of any other the worst is assumed.
  return consequenceOf(policy, { doubt: gate.doubt ?? 'beyond', soft: isSoft(gate) });
}

/** Gates that look at a part of the rows, or at overfitting. */
function isSoft({ kind, slice }: Pick<GateResult, 'kind' | 'slice'>): boolean {
  return slice !== undefined || kind === 'train-gap';
}

/** Whether a gate alone makes the verdict a fail: it failed, or is inconclusive and the policy says so. */
export function fails({ outcome, means }: GateResult): boolean {
  return outcome === 'fail' || means === 'fail';
}

/** Where a gate stands in a list, worst first: 0 to 4. */
export function gateRank(gate: GateResult): number {
  if (gate.outcome === 'inconclusive') return fails(gate) ? 1 : 2;
  return { fail: 0, pass: 3, 'not-applicable': 4 }[gate.outcome];
}
