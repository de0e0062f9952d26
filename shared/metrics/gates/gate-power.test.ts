import { describe, expect, it } from 'vitest';
import { mean } from '../../algebra/descriptive-statistics.ts';
import { createRandom } from '../../platform/random.ts';
import { powerWords } from '../evaluation/gate-power-words.ts';
import type { GateResult } from '../evaluation/gate-result.ts';
import type { verdictOf } from '../evaluation/verdict.ts';
import type { RegressionPredictions } from '../rows/predictions.ts';
import {
  judge,
  judgeGate,
  sampleBinary,
  sampleRegression,
  sampleValidate,
} from '../testing/sample-predictions.ts';
import { withPower } from './gate-power.ts';

const policy = { within: 'warn', beyond: 'fail', unmeasured: 'warn' } as const;

describe('a gate states what it can tell', () => {
  const gate = {
    index: 0,
    metric: 'rmse',
    kind: 'champion-worse-by-at-most',
    declared: 'rmse worse than the champion by at most 2%',
    bound: 0.02,
    measured: 0.01,
    outcome: 'inconclusive',
    message: '',
  } as const;
  // A 95% interval of ± 1.959964 has a standard error of 1; scaled by 0.1.
  const interval = { low: 0.01 - 0.1959963985, high: 0.01 + 0.1959963985 };
  const told = (over: Partial<GateResult>, inconclusive: Parameters<typeof verdictOf>[1] = policy) =>
    withPower({ ...gate, ...interval, ...over }, { rows: 43, validate: sampleValidate({ inconclusive }) })
      .tells;

  // scipy.stats.norm: ppf(0.8) = 0.8416212336, cdf(-0.2) = 0.4207402906, cdf(0.2) = 0.5792597094,
  // cdf(-0.2 - 1.959963985) = 0.0153878, cdf(0.2 - 1.959963985) = 0.0392069568; ppf(0.8) + 1.959963985 = 2.8015852.
  it.each([
    ['a value beyond the bound fails', {}, policy, 0.02 + 0.08416212336, 0.4207402906],
    ['only the whole interval fails', {}, 'warn', 0.02 + 0.28015852, 0.0153878],
    ['a gain is asked', { kind: 'champion-better-by-at-least' }, policy, 0.02 - 0.08416212336, 0.5792597094],
    [
      'a gain is surely asked',
      { kind: 'champion-better-by-at-least' },
      'warn',
      0.02 - 0.28015852,
      0.0392069568,
    ],
    ['of a slice', { kind: 'max', slice: { column: 'a', label: 'b' } }, policy, 0.02 + 0.28015852, undefined],
    ['of the train gap', { kind: 'train-gap' }, policy, 0.02 + 0.28015852, undefined],
    ['at least', { kind: 'min' }, policy, 0.02 - 0.08416212336, undefined],
  ] as const)('where %s', (_, over, rules, at, equal) => {
    const tells = told(over, rules)!;
    expect(tells).toMatchObject({ rows: 43, power: 0.8 });
    expect(tells.at).toBeCloseTo(at, 6);
    if (equal === undefined) expect(tells).not.toHaveProperty('failsEqual');
    else expect(tells.failsEqual).toBeCloseTo(equal, 6);
  });

  it('but not where nothing was measured', () => {
    expect(told({ low: null, high: null })).toBeUndefined();
    expect(told({ low: 0.01, high: 0.01 })).toBeUndefined();
    expect(
      judgeGate(
        { metric: 'rmse', champion: { 'worse-by-at-most': '2%' } },
        { predictions: sampleRegression() },
      ),
    ).not.toHaveProperty('tells');
  });

  it.each([
    [
      {},
      'With 43 rows this gate detects a worsening of 0.104 or more (80% power), and fails an equally good model in 42% of cases.',
    ],
    [
      { relative: { bound: 0.02, of: 1 } },
      'With 43 rows this gate detects a worsening of 10% or more (80% power), and fails an equally good model in 42% of cases.',
    ],
    [
      { kind: 'champion-better-by-at-least' },
      'With 43 rows this gate detects a worsening of 0.0642 or more (80% power), and fails an equally good model in 58% of cases.',
    ],
    [
      { metric: 'roc-auc', relative: { bound: 0.2, of: 0.1 } },
      'With 43 rows this gate detects no worsening that roc-auc can have (80% power), and fails an equally good model in 42% of cases.',
    ],
    [{ kind: 'max' }, 'With 43 rows this gate detects rmse of 0.104 or more (80% power).'],
    [{ kind: 'min', bound: 0.5 }, 'With 43 rows this gate detects rmse of 0.416 or less (80% power).'],
    [{ kind: 'train-gap' }, 'With 43 rows this gate detects a gap of 0.3 or more (80% power).'],
    [
      { kind: 'baseline-better-by-at-least', bound: 0.5 },
      'With 43 rows this gate detects a gain of 0.416 or less (80% power).',
    ],
  ] as const)('%j in words', (over, words) => {
    const full = { ...gate, ...interval, ...over };
    expect(powerWords({ ...full, ...({ tells: told(over) } as Pick<GateResult, 'tells'>) })).toBe(words);
  });
});

/** Champion and challenger whose errors have these sizes and share a part, as models of the same rows do. */
function pairOf(rows: number, sizes: readonly [number, number], seed: string) {
  const random = createRandom(seed);
  const actual = Float64Array.from({ length: rows }, () => 20 + 5 * random.normal());
  const shared = actual.map(() => random.normal());
  const model = (size: number): RegressionPredictions => ({
    task: 'regression',
    actual,
    predicted: actual.map((value, row) => value + size * (0.8 * shared[row]! + 0.6 * random.normal())),
  });
  return { champion: { name: 'old', predictions: model(sizes[0]) }, predictions: model(sizes[1]) };
}

describe.each([
  ['a value beyond the bound fails', policy],
  ['only the whole interval fails', 'warn'],
] as const)('over 400 pairs of models, where %s', (_, inconclusive) => {
  const validate = sampleValidate({
    inconclusive,
    metrics: ['rmse'],
    bootstrap: { resamples: 200 },
    gates: [{ metric: 'rmse', champion: { 'worse-by-at-most': '2%' } }],
  });
  const repeat = (sizes: readonly [number, number]) =>
    Array.from({ length: 400 }, (_, i) => {
      const { gates, verdict } = judge({ ...pairOf(100, sizes, `pair ${i}`), validate });
      return { tells: gates[0]!.tells!, failed: verdict === 'fail' };
    });
  const shareFailed = (judged: ReturnType<typeof repeat>) => mean(judged.map(({ failed }) => Number(failed)));

  it('an equal model fails about as often as is said', () => {
    const judged = repeat([1, 1]);
    const said = mean(judged.map(({ tells }) => tells.failsEqual!));
    // Four standard errors of a share of 400.
    expect(Math.abs(shareFailed(judged) - said)).toBeLessThan(
      4 * Math.sqrt((said * (1 - said)) / 400) + 0.02,
    );
  });

  it('a model that is as much worse as is said of it fails in about 80%', () => {
    // A worse model's errors vary more: what is said of it, not of an equal one, must hold.
    let judged = repeat([1, 1]);
    for (let step = 0; step < 2; step++) judged = repeat([1, 1 + mean(judged.map(({ tells }) => tells.at))]);
    expect(Math.abs(shareFailed(judged) - 0.8)).toBeLessThan(0.08);
  });
});

it('two classifiers that are one model but for a few rows are told apart on fewer rows than two of a kind', () => {
  const champion = sampleBinary(200, 1.5, 'champion');
  const near = { ...champion, probabilities: champion.probabilities!.map((p, i) => (i < 20 ? 0.5 : p)) };
  const gates = [{ metric: 'log-loss', champion: { 'worse-by-at-most': 0.01 } }];
  const of = (predictions: typeof champion) =>
    judge({
      predictions,
      champion: { name: 'old', predictions: champion },
      validate: sampleValidate({ gates }),
    }).gates[0]!.tells!;
  const other = { ...sampleBinary(200, 1.5, 'other'), actual: champion.actual };
  expect(of(near).at).toBeLessThan(of(other).at);
});
