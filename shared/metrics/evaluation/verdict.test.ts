import { describe, expect, it } from 'vitest';
import type { GateResult } from './gate-result.ts';
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

  const usual = { within: 'warn', beyond: 'fail', unmeasured: 'warn' } as const;
  const open = (doubt: GateResult['doubt'], over: Partial<GateResult> = {}): GateResult => ({
    ...gate('inconclusive'),
    ...(doubt ? { doubt } : {}),
    ...over,
  });
  const slice = { column: 'origin', label: 'USA' };

  it.each([
    [open('within'), usual, 'warn'],
    [open('beyond'), usual, 'fail'],
    [open('unmeasured'), usual, 'warn'],
    [open('beyond', { kind: 'champion-worse-by-at-most' }), usual, 'fail'],
    [open('beyond', { kind: 'champion-better-by-at-least' }), usual, 'fail'],
    [open('beyond', { kind: 'baseline-better-by-at-least' }), usual, 'fail'],
    [open('beyond', { kind: 'train-gap' }), usual, 'warn'],
    [open('beyond', { slice }), usual, 'warn'],
    [open('beyond', { slice }), 'fail', 'fail'],
    [open('beyond', { kind: 'train-gap' }), 'fail', 'fail'],
    [open('unmeasured'), { ...usual, unmeasured: 'fail' }, 'fail'],
    [open('within'), { ...usual, within: 'pass' }, 'pass'],
    [open(undefined), 'warn', 'warn'],
  ] as const)('of the inconclusive gate %j under %j is %s', (one, policy, verdict) => {
    expect(verdictOf([gate('pass'), one], policy)).toBe(verdict);
    expect(verdictOf([gate('fail'), one], policy)).toBe('fail');
  });

  it('is the worst of several inconclusive gates', () => {
    expect(verdictOf([open('within'), open('beyond')], usual)).toBe('fail');
    expect(verdictOf([open('unmeasured'), open('within')], { ...usual, within: 'pass' })).toBe('warn');
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

  it('gives numbers as the report’s tables do, also those that are too small for decimals', () => {
    const tiny = { ...primary, value: 3e-7, low: 2.4e-7, high: 3.6e-7 };
    expect(headlineOf({ ...input, primary: tiny })).toBe(
      'All gates pass: rmse is 3e-7 mpg (95% interval 2.4e-7 to 3.6e-7).',
    );
  });

  it('gives the target’s unit with metrics that are measured in it', () => {
    const r2 = { ...primary, name: 'r2', value: 0.8641, low: 0.8238, high: 0.9079 };
    expect(headlineOf({ ...input, primary: r2 })).toBe(
      'All gates pass: r2 is 0.864 (95% interval 0.824 to 0.908).',
    );
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
      'not clearly different from the champion’s 3.08 (0.10 worse to 0.20 better)',
    );
  });

  it('names the gates that did not pass', () => {
    expect(headlineOf({ ...input, gates: [gate('pass'), gate('fail', 'r2 at least 0.9')] })).toMatch(
      /^One gate fails \(r2 at least 0\.9\): /,
    );
    const many = ['a', 'b', 'c', 'd'].map((declared) => gate('inconclusive', declared));
    expect(headlineOf({ ...input, gates: many })).toMatch(/^4 gates are inconclusive \(a; b; 2 more\): /);
    const beyond: GateResult = { ...gate('inconclusive', 'a'), doubt: 'beyond', means: 'fail' };
    expect(headlineOf({ ...input, gates: [beyond, gate('pass')] })).toMatch(
      /^One gate fails, with the value itself beyond the bound \(a\): /,
    );
    expect(headlineOf({ ...input, gates: [beyond, gate('fail', 'b')] })).toMatch(/^2 gates fail \(a; b\): /);
    expect(headlineOf({ ...input, gates: [{ ...beyond, means: 'warn' }, many[1]!] })).toMatch(
      /^2 gates are inconclusive \(a; b\): /,
    );
    expect(headlineOf({ ...input, gates: [{ ...beyond, means: 'warn' }] })).toMatch(
      /^One gate is inconclusive, with the value itself beyond the bound \(a\): /,
    );
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
    const without = { ...primary, champion: against(0.2, 0, 0) };
    const gain = { value: 0.2, low: null, high: null };
    expect(
      headlineOf({ ...input, champion, primary: { ...without, champion: { ...without.champion, gain } } }),
    ).toMatch(/, not clearly different from the champion’s 3\.083 \(no interval\)\.$/);
    const old = { name: 'fuel@v1', rows: 0, comparable: false, reason: 'its task is binary' };
    expect(headlineOf({ ...input, champion: old })).toMatch(
      /; fuel@v1 could not be compared \(its task is binary\)\.$/,
    );
  });
});
