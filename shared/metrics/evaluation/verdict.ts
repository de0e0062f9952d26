import type { ValidateConfig } from '../../config/sections/validate-section.ts';
import type { Evaluation, GateResult } from './evaluation.ts';

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

/** A failed gate fails; an inconclusive one means what the policy says; gates that do not apply say nothing. */
export function verdictOf(
  gates: readonly GateResult[],
  inconclusive: ValidateConfig['inconclusive'],
): Verdict {
  if (gates.some((gate) => gate.outcome === 'fail')) return 'fail';
  return gates.some((gate) => gate.outcome === 'inconclusive') ? inconclusive : 'pass';
}
