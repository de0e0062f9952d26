import type { TimeLook } from '../chart/time-chart.ts';
import type { ReplayPolicy, ReplayPolicyName } from './replay-report.ts';

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
