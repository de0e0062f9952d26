import type { VerbPorts } from '../ports.ts';
import { type ChallengeForge, type ChallengeInputs, type ChallengeOutputs, challenge } from './challenge.ts';
import { type Conclusion, type ConclusionForge, type ConclusionInputs, concludeCheck } from './conclusion.ts';

/** Inputs of a check and of everything that follows from it. */
export type MonitorInputs = ChallengeInputs & Pick<ConclusionInputs, 'checksWait'>;

export type MonitorForge = ChallengeForge & ConclusionForge;

/** What a check found and what was done about it. */
export interface MonitorOutputs extends ChallengeOutputs, Conclusion {
  /** Why there was a retraining, or none. */
  readonly why: string;
}

/**
 * A scheduled check from end to end: compares, decides by the policy, trains and judges a challenger, proposes it, and
 * notes the check in the history.
 *
 * @throws ForgeError when the code host refuses; what was not written yet is written by the next run.
 */
export async function monitor(
  inputs: MonitorInputs,
  ports: VerbPorts & { readonly forge: MonitorForge },
): Promise<MonitorOutputs> {
  const challenged = await challenge(inputs, ports);
  const { proposal } = challenged;
  return { ...challenged, why: proposal.why, ...(await concludeCheck(proposal, inputs, ports)) };
}
