import { describe, expect, it } from 'vitest';
import { besideEveryWindow, lossShares, policySentence, replayHeadline } from './policy-summary.ts';
import type {
  ReplayEnding,
  ReplayPolicy,
  ReplayPolicyName,
  ReplayReport,
  ReplayRetraining,
} from './replay-report.ts';

const retraining = (change: number, outcome: ReplayRetraining['outcome'], merged: boolean) => ({
  ...{ period: '1975', reason: 'weight drifted', version: 'v1.0.1' },
  ...{ change, outcome, merged },
});

/** A policy with these values of ten rows each, and what the check of each period led to. */
function policy(
  name: ReplayPolicyName,
  values: readonly number[],
  over: Partial<ReplayPolicy> & { readonly endings?: readonly ReplayEnding[] } = {},
): ReplayPolicy {
  const { endings = values.map(() => 'no-alarm' as const), ...rest } = over;
  return {
    name,
    points: values.map((value, i) => ({
      ...{ period: String(1974 + i), value, low: null, high: null, rows: 10, model: 'v1.0.0' },
    })),
    checks: endings.map((ending, i) => ({ period: String(1974 + i), ending })),
    retrainings: [],
    alarms: 0,
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    ...rest,
  };
}

const reportOf = (policies: readonly ReplayPolicy[], over: Partial<ReplayReport> = {}): ReplayReport => ({
  ...{ pipeline: 'fuel', metric: 'rmse', better: 'lower', unit: 'mpg', periods: ['1974', '1975', '1976'] },
  ...{ policies, versions: [], story: [] },
  ...over,
});

describe('what a policy led to', () => {
  it('is said of every alarm', () => {
    const retrainings = [
      retraining(-0.2, 'better', true),
      retraining(-0.007, 'not-clearly-better', false),
      retraining(-0.14, 'not-clearly-better', false),
      retraining(-0.011, 'not-clearly-better', false),
    ];
    expect(policySentence(policy('on-drift', [2], { retrainings, alarms: 4 }))).toBe(
      '4 checks found drift; 1 challenger was better and went live, 3 were not clearly better (−0.7%, −14%, −1.1%)',
    );
  });

  it('names changes of structure, which lead to no retraining', () => {
    const one = policy('on-drift', [2, 2], { alarms: 1, endings: ['structure', 'no-alarm'] });
    expect(policySentence(one)).toBe(
      '1 check found drift; 1 check found a change of structure, which is for a person to look at',
    );
  });

  it('says how many went live that were not clearly better, where the policy takes all', () => {
    const retrainings = [retraining(-0.2, 'better', true), retraining(0.01, 'not-clearly-better', true)];
    expect(policySentence(policy('every-window', [2], { retrainings, alarms: 2 }))).toBe(
      '2 checks had new rows; 2 challengers went live, of which 1 was not clearly better',
    );
  });

  it('is nothing without an alarm', () => {
    expect(policySentence(policy('on-performance', [2]))).toBe('no check found a worse performance');
    expect(policySentence(policy('never', [2]))).toBe('no check leads to a retraining');
  });
});

describe('the headline of a replay', () => {
  it('names the best policy on these data', () => {
    const every = policy('every-window', [2, 2], { retrainings: [retraining(-0.1, 'better', true)] });
    expect(replayHeadline(reportOf([policy('on-drift', [3, 2]), policy('never', [3, 4]), every]))).toBe(
      'Over 1974 to 1976, rmse is best when retrained with every window: 2.00 mpg on average, with 1 new version (retrained on drift 2.50, never retrained 3.50)',
    );
  });

  it('names the one with fewer retrainings of two that are equal, and the highest where higher is better', () => {
    const retrainings = [retraining(-0.1, 'better', true)];
    expect(
      replayHeadline(reportOf([policy('every-window', [2], { retrainings }), policy('never', [2])])),
    ).toContain('best when never retrained');
    const higher = reportOf([policy('on-drift', [0.7]), policy('never', [0.8])], { better: 'higher' });
    expect(replayHeadline(higher)).toContain('best when never retrained');
  });
});

describe('retraining on drift beside every window', () => {
  it('needs no reason when it is worse by at most 5%', () => {
    const report = reportOf([policy('on-drift', [2.08]), policy('every-window', [2])]);
    expect(besideEveryWindow(report)).toBe(
      'Retrained on drift, rmse is 4% worse than with every window, for 0 new versions instead of 0.',
    );
  });

  it('says else what its loss follows from, by the checks before', () => {
    const watched = policy('on-drift', [2, 3, 2.5, 2], {
      endings: ['not-better', 'too-few-rows', 'no-alarm', 'no-alarm'],
    });
    const every = policy('every-window', [2, 2, 2, 2]);
    // Of 1.5 lost, 1 came after a challenger that was not better and 0.5 after too few rows.
    expect(lossShares(watched, every, 'lower')).toEqual([
      { ending: 'not-better', share: 2 / 3 },
      { ending: 'too-few-rows', share: 1 / 3 },
    ]);
    expect(besideEveryWindow(reportOf([watched, every]))).toMatch(
      /^Retrained on drift, rmse is 19% worse than with every window, .* Of what it lost, 67% came after a challenger that was not clearly better; 33% came after a check with too few rows to decide\.$/,
    );
  });

  it('is not known where one of the two was not walked through', () => {
    expect(besideEveryWindow(reportOf([policy('on-drift', [2])]))).toBeUndefined();
  });
});
