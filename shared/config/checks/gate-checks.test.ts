import { describe, expect, it } from 'vitest';
import { problems, smallestConfig } from '../testing/problems-of.ts';

const regressionMetrics =
  'rmse, mae, median-absolute-error, mape, smape, r2, explained-variance, max-error, mean-bias, pinball';

describe('gates', () => {
  it('are accepted in each of their forms', () => {
    expect(
      problems(`validate:
  gates:
    - { metric: rmse, max: 4 }
    - { metric: r2, min: 0.5, max: 1 }
    - { metric: rmse, champion: { worse-by-at-most: 2% } }
    - { metric: rmse, champion: { better-by-at-least: 0.1 } }
    - { metric: r2, train-gap: { at-most: 0.1 } }
    - { metric: rmse, baseline: { better-by-at-least: 20% } }
    - { metric: rmse, slice: origin, max: 6 }
`),
    ).toEqual([]);
  });

  it('name the member of a family of metrics, and no number where there is none', () => {
    const binary = 'task: binary\ntarget: paid\ndata:\n  source: { type: file, path: a.csv }\n';
    expect(
      problems(
        `positive: 1
validate:
  primary: { metric: f-beta, beta: 0.5 }
  metrics: [f1, f-beta, { metric: f-beta, beta: 0.5 }]
  gates:
    - { metric: f-beta, beta: 2, min: 0.8 }
    - { metric: f-beta, beta: 0.5, min: 0.8, slice: origin }
`,
        binary,
      ),
    ).toEqual([]);
    expect(
      problems(
        `validate:
  metrics: [f-beta, { metric: f-beta, beta: 2 }]
  gates:
    - { metric: recall, beta: 2, min: 0.8 }
    - { metric: f-beta, beta: 0, min: 0.8 }
`,
        binary,
      ),
    ).toEqual([
      'validate.metrics[1]: "f-beta(2)" is listed twice; keep one',
      'validate.gates[0].beta: 2: recall has no beta; leave it out, or use f-beta',
      'validate.gates[1].beta: 0 is not allowed; allowed: a number above 0 and of at most 1000',
    ]);
  });

  it('compare with the champion or the anchor by one bound', () => {
    expect(
      problems(
        'validate:\n  gates:\n    - { metric: rmse, champion: { worse-by-at-most: 2%, of: anchor } }\n    - { metric: rmse, champion: { of: anchor } }\n',
      ),
    ).toEqual([
      'validate.gates[1].champion: has no bound; give either worse-by-at-most or better-by-at-least',
    ]);
  });

  const paid = 'task: binary\ntarget: paid\ndata:\n  source: { type: file, path: a.csv }\n';
  it.each([
    ['decision: { threshold: 0.3 }', paid, []],
    ['decision: { costs: { missed: 10, false-alarm: 1 } }\n  primary: cost\n  metrics: [cost]', paid, []],
    ['metrics: [{ metric: cost, missed: 10, false-alarm: 1 }]', paid, []],
    [
      'decision: { threshold: 0.3 }',
      smallestConfig,
      ['validate.decision: a threshold divides two classes, and the task is regression; leave decision out'],
    ],
    [
      'decision: { costs: { missed: 10, false-alarm: 1 } }',
      paid.replace('binary', 'multiclass'),
      ['validate.decision: a threshold divides two classes, and the task is multiclass; leave decision out'],
    ],
    ['decision: {}', paid, ['validate.decision: has neither threshold nor costs; give one of them']],
    [
      'decision: { threshold: 0.3, costs: { missed: 10, false-alarm: 1 } }',
      paid,
      ['validate.decision: has both threshold and costs; give one of them'],
    ],
    [
      'decision: { threshold: 30 }',
      paid,
      ['validate.decision.threshold: 30 is not allowed; allowed: a probability between 0 and 1, such as 0.3'],
    ],
    [
      'decision: { costs: { missed: 0, false-alarm: 1 } }',
      paid,
      [
        'validate.decision.costs.missed: 0 is not allowed; allowed: a number above 0 and of at most 1000000000',
      ],
    ],
    [
      'gates: [{ metric: cost, max: 1 }]',
      paid,
      ['validate.gates[0]: cost needs to know what errors cost; give validate.decision.costs'],
    ],
    [
      'gates: [{ metric: recall, missed: 3, min: 0.5 }]',
      paid,
      ['validate.gates[0]: recall knows no costs; leave missed and false-alarm out, or use cost'],
    ],
  ])('decide between two classes: %s', (lines, base, expected) => {
    expect(problems(`validate:\n  ${lines}\n`, base)).toEqual(expected);
  });

  it.each([
    [
      '20%',
      'retrain.confidence: 20% takes what is probably worse; allowed: from 50% to below 100%, such as 80%',
    ],
    [
      '100%',
      'retrain.confidence: 100% takes no challenger at all; allowed: from 50% to below 100%, such as 80%',
    ],
  ])('retraining takes no confidence of %s', (confidence, problem) => {
    expect(problems(`retrain: { confidence: ${confidence} }\n`)).toEqual([problem]);
  });

  it('of the positive class are for two classes', () => {
    const several = 'task: multiclass\ntarget: kind\ndata:\n  source: { type: file, path: a.csv }\n';
    expect(problems('positive: fraud\nvalidate:\n  primary: recall\n', several)[0]).toBe(
      'positive: "fraud": a multiclass model has no positive class; leave positive out, or use task: binary',
    );
    expect(problems('validate:\n  primary: recall\n', several)[0]).toContain(
      'validate.primary: "recall" does not judge a multiclass model; allowed: accuracy',
    );
  });

  it('ask one thing each', () => {
    expect(
      problems(`validate:
  gates:
    - { metric: rmse }
    - { metric: rmse, max: 4, baseline: { better-by-at-least: 1% } }
    - { metric: rmse, champion: {} }
    - { metric: rmse, champion: { worse-by-at-most: 1%, better-by-at-least: 1% } }
    - { metric: rmse, slice: origin, train-gap: { at-most: 1 } }
`),
    ).toEqual([
      'validate.gates[0]: the gate on rmse has no bound; give one of: min and/or max, champion, train-gap, baseline',
      'validate.gates[1]: the gate on rmse has min/max and baseline; a gate has one of them: write 2 gates',
      'validate.gates[2].champion: has no bound; give either worse-by-at-most or better-by-at-least',
      'validate.gates[3].champion: has both bounds; give either worse-by-at-most or better-by-at-least',
      'validate.gates[4].slice: "origin": slices are judged by min or max only; give one, or leave slice out',
    ]);
  });

  it('must be possible to pass', () => {
    expect(
      problems(
        `validate:
  gates:
    - { metric: accuracy, min: 95 }
    - { metric: mcc, min: 1.5 }
    - { metric: log-loss, max: -1 }
    - { metric: roc-auc, min: 0.9, max: 0.8 }
`,
        smallestConfig.replace('regression', 'binary'),
      ),
    ).toEqual([
      'validate.gates[0].min: no model passes: accuracy is never above 1, and 95 is asked; did you mean 0.95? allowed: at most 1',
      'validate.gates[1].min: no model passes: mcc is never above 1, and 1.5 is asked; allowed: at most 1',
      'validate.gates[2].max: no model passes: log-loss is never below 0, and at most -1 is asked; allowed: at least 0',
      'validate.gates[3].min: no model passes: min 0.9 is above max 0.8; exchange them',
    ]);
  });

  it('know that smape ends at 2, so that no model reaches 3', () => {
    expect(problems('validate:\n  gates:\n    - { metric: smape, min: 3 }\n')).toEqual([
      'validate.gates[0].min: no model passes: smape is never above 2, and 3 is asked; allowed: at most 2',
    ]);
  });

  it('use metrics of the task', () => {
    expect(
      problems(`validate:
  primary: accuracy
  metrics: [rmse, f1-macro, rmse]
  gates: [{ metric: roc-auc, min: 0.9 }]
`),
    ).toEqual([
      `validate.primary: "accuracy" does not judge a regression model; allowed: ${regressionMetrics}`,
      `validate.metrics[1]: "f1-macro" does not judge a regression model; allowed: ${regressionMetrics}`,
      'validate.metrics[2]: "rmse" is listed twice; keep one',
      `validate.gates[0].metric: "roc-auc" does not judge a regression model; allowed: ${regressionMetrics}`,
    ]);
  });

  it('do not slice by the answer, and have intervals that say something', () => {
    expect(
      problems(`validate:
  slices: [origin, mpg]
  bootstrap: { confidence: 100% }
  gates: [{ metric: rmse, slice: mpg, max: 3 }]
`),
    ).toEqual([
      'validate.slices[1]: "mpg" is the target: a model\'s error within one value of the answer says nothing; slice by a feature',
      'validate.bootstrap.confidence: an interval of 100% says nothing; allowed: above 0% and below 100%, such as 95%',
      'validate.gates[0].slice: "mpg" is the target: a model\'s error within one value of the answer says nothing; slice by a feature',
    ]);
  });
});
