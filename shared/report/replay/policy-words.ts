import { formatNumber } from '../../text/number-format.ts';
import type { TimeLook } from '../chart/time-chart.ts';
import type { ReplayPolicy, ReplayPolicyName, ReplayReport } from './replay-report.ts';

const names: Readonly<Record<ReplayPolicyName, string>> = {
  never: 'never retrained',
  'every-window': 'retrained with every window',
  'on-drift': 'retrained on drift',
  'on-performance': 'retrained on worse performance',
};

const looks: Readonly<Record<ReplayPolicyName, TimeLook>> = {
  'on-drift': 'main',
  'on-performance': 'second',
  never: 'third',
  'every-window': 'fourth',
};

/** A policy in words. */
export function policyWords(name: ReplayPolicyName): string {
  return names[name];
}

/** How a policy's line is drawn; each has its own. */
export function policyLook(name: ReplayPolicyName): TimeLook {
  return looks[name];
}

/** Retrainings whose model went into production. */
export function mergedCount({ retrainings }: ReplayPolicy): number {
  return retrainings.filter(({ merged }) => merged).length;
}

/** A policy's mean, with the decimals that give the largest of all means three digits: numbers beside each other are compared. */
export function meanText({ policies }: Pick<ReplayReport, 'policies'>, mean: number | null): string {
  const largest = Math.max(0, ...policies.map((policy) => Math.abs(policy.mean ?? 0)));
  const decimals = largest === 0 ? 0 : Math.min(8, Math.max(0, 2 - Math.floor(Math.log10(largest))));
  return formatNumber(mean, { decimals });
}
