import { describe, expect, it } from 'vitest';
import type { GateResult } from './evaluation.ts';
import { headlineOf } from './headline.ts';
import { meaningOf, verdictOf } from './verdict.ts';

function gate(outcome: GateResult['outcome'], declared = 'rmse at most 4'): GateResult {
  const numbers = { bound: 4, measured: 3, low: 2, high: 5 };
  return { index: 0, metric: 'rmse', kind: 'max', declared, ...numbers, outcome, message: '' };
}

describe('a verdict', () => {
  it.each([
    [[], 'warn', 'pass'],
    [['pass', 'not-applicable'], 'fail', 'pass'],
    [['pass', 'inconclusive'], 'pass', 'pass'],
    [['pass', 'inconclusive'], 'warn', 'warn'],
    [['pass', 'inconclusive'], 'fail', 'fail'],
    [['inconclusive', 'fail'], 'pass', 'fail'],
  ] as const)('of gates %j under the policy %s is %s', (outcomes, policy, verdict) => {
    expect(
      verdictOf(
        outcomes.map((outcome) => gate(outcome)),
        policy,
      ),
    ).toBe(verdict);
  });

  it('says what may be deployed', () => {
    expect((['pass', 'warn', 'fail'] as const).map((verdict) => meaningOf(verdict).deployable)).toEqual([
      true,
      true,
      false,
    ]);
    expect(meaningOf('warn')).toMatchObject({ conclusion: 'neutral', failsStep: { fail: false } });
    expect(meaningOf('fail')).toMatchObject({ conclusion: 'failure', failsStep: { fail: true } });
  });
});

describe('a headline', () => {
  const primary = { name: 'rmse', value: 2.8741, low: 2.466, high: 3.317, better: 'lower' } as const;
  const input = {
    verdict: 'pass',
    primary,
    gates: [gate('pass')],
    champion: undefined,
    confidence: 0.95,
    unit: 'mpg',
  } as const;
  const champion = { name: 'fuel@v1.2.0', rows: 79, comparable: true };
  const against = (value: number, low: number, high: number) => ({
    value: 3.083,
    difference: { value: -value, low: -high, high: -low },
    gain: { value, low, high },
  });

  it('gives the number with its interval, rounded as the interval deserves', () => {
    expect(headlineOf(input)).toBe('All gates pass: rmse is 2.87 mpg (95% interval 2.47 to 3.32).');
  });

  it('says against the champion what is sure and what is not', () => {
    const better = { ...input, champion, primary: { ...primary, champion: against(0.209, 0.048, 0.377) } };
    expect(headlineOf(better)).toBe(
      'All gates pass: rmse is 2.87 mpg (95% interval 2.47 to 3.32), better than the champion’s 3.08 by 0.21 (0.05 to 0.38).',
    );
    const worse = { ...input, champion, primary: { ...primary, champion: against(-0.3, -0.4, -0.2) } };
    expect(headlineOf(worse)).toContain('worse than the champion’s 3.08 by 0.30 (0.20 to 0.40)');
    const alike = { ...input, champion, primary: { ...primary, champion: against(0.01, -0.1, 0.2) } };
    expect(headlineOf(alike)).toContain(
      'not clearly different from the champion’s 3.08 (better by −0.10 to 0.20)',
    );
  });

  it('names the gates that did not pass', () => {
    expect(headlineOf({ ...input, gates: [gate('pass'), gate('fail', 'r2 at least 0.9')] })).toMatch(
      /^One gate fails \(r2 at least 0\.9\): /,
    );
    const many = ['a', 'b', 'c', 'd'].map((declared) => gate('inconclusive', declared));
    expect(headlineOf({ ...input, gates: many })).toMatch(/^4 gates are inconclusive \(a; b; 2 more\): /);
    expect(headlineOf({ ...input, gates: [] })).toMatch(/^No gates are declared: /);
    expect(headlineOf({ ...input, gates: [gate('pass'), gate('not-applicable')] })).toMatch(
      /^All gates that apply pass: /,
    );
    expect(headlineOf({ ...input, gates: [gate('not-applicable')] })).toMatch(/^No gate applies: /);
  });

  it('says what has no value, no interval, no comparison', () => {
    const reason = 'no row is of class "yes"';
    expect(headlineOf({ ...input, primary: { ...primary, name: 'roc-auc', value: null, reason } })).toBe(
      'All gates pass: roc-auc is undefined (no row is of class "yes").',
    );
    const open = { ...primary, low: null, high: null, reason: 'it is undefined in 20 of 100 resamples' };
    expect(headlineOf({ ...input, primary: open })).toBe(
      'All gates pass: rmse is 2.874 mpg (no interval: it is undefined in 20 of 100 resamples).',
    );
    const old = { name: 'fuel@v1', rows: 0, comparable: false, reason: 'its task is binary' };
    expect(headlineOf({ ...input, champion: old })).toMatch(
      /; fuel@v1 could not be compared \(its task is binary\)\.$/,
    );
  });
});
