import { describe, expect, it } from 'vitest';
import { problemsOf, smallestConfig } from '../testing/problems-of.ts';

/** The problems of the smallest configuration with some more lines, without their places. */
function problems(lines: string, base = smallestConfig): string[] {
  return problemsOf(`${base}${lines}`).map((line) => line.replace(/^ciclo\.yml:\d+:\d+: /, ''));
}

/** The smallest configuration with other keys in `data`. */
function withData(lines: string): string[] {
  return problems('', `task: regression\ntarget: mpg\ndata:\n${lines}`);
}

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

describe('the target', () => {
  it('is not part of the key, the time, the group, the exclusions or the derived columns', () => {
    expect(
      problems(
        'prepare: { exclude: [mpg], derive: { mpg: "d => d.a" } }\n',
        `${smallestConfig}  key: [model, mpg]\n  time: mpg\n  group: mpg\n`,
      ),
    ).toEqual([
      'data.key[1]: "mpg" is the target: a corrected label would move its row across the split; use other columns',
      'data.time: "mpg" is the target; the event time is another column',
      'data.group: "mpg" is the target: a group would lie on one side of the split, so that a label is never learned; use another column',
      'prepare.exclude[0]: "mpg" is the target; models never see it as a feature: leave it out of the list',
      'prepare.derive.mpg: "mpg" is the target; a derived column is made for models to see: give it another name',
    ]);
  });

  it('may be described among the features, but is not an input', () => {
    expect(
      problems('features: { mpg: { type: number, unit: mpg, range: [0, 100], invalid: drop } }\n'),
    ).toEqual([]);
    expect(problems('features: { mpg: { unit: mpg, transform: log } }\n')).toEqual([
      'features.mpg.transform: "mpg" is the target, not an input of the model; allowed for it: type, description, unit, range, values, invalid, format',
    ]);
  });
});

describe('columns', () => {
  it('are listed once, and derived ones do not replace those that the split reads', () => {
    expect(
      problems(
        'prepare: { exclude: [a, a, d], derive: { year: "d => 1", d: "d => 2" } }\n',
        `${smallestConfig}  key: [model, model]\n  time: year\n`,
      ),
    ).toEqual([
      'data.key[1]: "model" is listed twice; keep one',
      'prepare.exclude[1]: "a" is listed twice; keep one',
      'prepare.derive.year: "year" is used by data.time, which reads the data as it came; give the derived column another name',
      'prepare.derive.d: "d" is derived and excluded; do one of the two',
    ]);
  });

  it('that are excluded may be described, and not shaped', () => {
    expect(
      problems(
        'prepare: { exclude: [id] }\nfeatures: { id: { type: category, description: number of the car } }\n',
      ),
    ).toEqual([]);
    expect(problems('prepare: { exclude: [id] }\nfeatures: { id: { missing: drop } }\n')).toEqual([]);
    expect(problems('prepare: { exclude: [id] }\nfeatures: { id: { encode: hash, buckets: 8 } }\n')).toEqual([
      'prepare.exclude[0]: "id" is excluded from the model, so features.id cannot use encode, buckets; leave those out, or do not exclude it',
    ]);
  });
});

describe('features', () => {
  it('have only the keys of their type', () => {
    expect(
      problems(`features:
  a: { type: number, values: [x], parts: [year], format: iso }
  b: { type: category, range: [0, 1], transform: log, invalid: clip }
  c: { type: date, encode: hash, buckets: 8 }
  d: { type: category, format: iso }
`),
    ).toEqual([
      'features.a.values: is for columns of type category, and this one is declared number; leave it out',
      'features.a.parts: is for columns of type date, and this one is declared number; leave it out',
      'features.b.range: is for columns of type number, and this one is declared category; leave it out',
      'features.b.transform: is for columns of type number, and this one is declared category; leave it out',
      'features.b.invalid: "clip" is for numbers, and this column is declared category; allowed: missing, drop, fail',
      'features.c.encode: is for columns of type category, and this one is declared date; leave it out',
      'features.c.buckets: is for columns of type category, and this one is declared date; leave it out',
      'features.d.format: is for columns of type number or date, and this one is declared category; leave it out',
    ]);
  });

  it('fill missing values with what fits the column', () => {
    expect(
      problems(`features:
  a: { type: category, missing: median }
  b: { type: number, missing: { constant: none } }
  c: { type: number, range: [0, 10], missing: { constant: 11 } }
  d: { values: [x, y], missing: { constant: z } }
  e: { type: date, missing: { constant: soon } }
  f: { type: boolean, missing: { constant: true } }
`),
    ).toEqual([
      'features.a.missing: "median" is not possible for a column of type category; allowed: mode, level, drop, fail, or { constant }',
      'features.b.missing.constant: "none" is not of the column\'s type number; allowed: a number',
      "features.c.missing.constant: 11 is outside the column's range [0, 10]",
      'features.d.missing.constant: "z" is not among the column\'s values: x, y',
      'features.e.missing.constant: "soon" is not a date; allowed: a date as text, such as 2026-03-31',
    ]);
  });

  it('have ranges, quantiles and lists that make sense', () => {
    expect(
      problems(`features:
  a: { range: [10, 1] }
  b: { range: [null, null] }
  c: { transform: { clip: [99%, 1%] } }
  d: { values: [x, x], order: [x, y], encode: ordinal }
  e: { order: [x] }
`),
    ).toEqual([
      'features.a.range: [10, 1]: the smallest value is not below the largest; allowed: [low, high] with low < high',
      'features.b.range: [null, null] allows everything; leave range out',
      'features.c.transform.clip: the lower quantile is not below the upper; allowed: such as [1%, 99%]',
      'features.d.values[1]: "x" is listed twice; keep one',
      'features.d.order[1]: "y" is not among the column\'s values: x, x',
      'features.e.order: an order is used by encode: ordinal, and encode is auto; add encode: ordinal',
    ]);
  });
});

describe('split and checks', () => {
  it('leave rows on every side', () => {
    expect(problems('split: { test: 0, validation: 0% }\n')).toEqual([
      'split.test: 0% leaves no test rows, and models are judged on it; allowed: above 0%',
      'split.validation: 0% leaves no validation rows, and early stopping and the choice of candidate need it; allowed: above 0%',
    ]);
  });

  it('have no shares of test rows beside a number of folds', () => {
    expect(problems('split: { folds: 5, test: 30% }\n')).toEqual([
      'split.test: 30% has no place beside split.folds: 5, where every row is judged by a model that has not seen it; leave test out, or write folds: off',
    ]);
    expect(problems('split: { folds: auto, test: 30% }\n')).toEqual([]);
    expect(problems('split: { folds: 2 }\n')).toEqual([
      expect.stringMatching(/^split\.folds: 2 is not allowed; allowed: .*3.*20.*auto.*off/),
    ]);
  });

  it('by time need a time', () => {
    expect(problems('split: { by: time }\n')).toEqual([
      'split.by: "time" needs the column of the event time; give data.time, or use by: hash',
    ]);
    expect(problems('split: { by: time }\n', `${smallestConfig}  time: year\n`)).toEqual([]);
    expect(problems('split: { by: time }\n', `${smallestConfig}  time: year\n  group: patient\n`)).toEqual([
      'split.by: "time" divides the groups of data.group ("patient"), whose rows have several times; use by: hash, or leave data.group out',
    ]);
  });

  it('have bounds that can speak', () => {
    expect(
      problems('prepare: { checks: { max-missing: { warn: 20%, fail: 10% }, max-duplicates: {} } }\n'),
    ).toEqual([
      'prepare.checks.max-missing: warn 20% is above fail 10%: it would never warn; exchange them',
      'prepare.checks.max-duplicates: the check has no bound; give warn, fail or both, or write off',
    ]);
  });
});

describe('candidates', () => {
  it('differ in name, fit the task, and have a dropout for each layer', () => {
    expect(
      problems(`train:
  candidates:
    - { type: linear, name: a, class-weights: balanced }
    - { type: neural-network, name: a, layers: [8, 4], dropout: [0.1] }
`),
    ).toEqual([
      'train.candidates[0].class-weights: a regression has no classes to weigh; leave class-weights out',
      'train.candidates[1].name: "a" is already the name of candidate 0; give each its own',
      'train.candidates[1].dropout: 1 values for 2 layers; give one value for each layer, or one number for all',
    ]);
  });
});

it('names are no longer than the files of a model can say', () => {
  const long = 'n'.repeat(201);
  expect(problems(`train: { candidates: [{ type: linear, name: ${long} }] }`)).toEqual([
    `train.candidates[0].name: "${'n'.repeat(76)}... must have at most 200 characters`,
  ]);
  expect(problems(`name: ${long}`)).toEqual([`name: "${'n'.repeat(76)}... must have at most 100 characters`]);
});

it('a share that is not positive is refused with the value and what is allowed', () => {
  expect(
    problems(`train: { candidates: [{ type: boosted-trees, row-share: 0, column-share: 0% }] }`),
  ).toEqual([
    'train.candidates[0].row-share: 0 is not allowed; allowed: a percentage such as 80%, or a number above 0 and up to 1',
    'train.candidates[0].column-share: "0%" is not allowed; allowed: a percentage such as 80%, or a number above 0 and up to 1',
  ]);
});

describe('sources', () => {
  it('read no variable that is not named CICLO_…', () => {
    const name = '$' + '{{ env.GITHUB_TOKEN }}';
    expect(
      withData(`  source:
    type: http
    url: https://example.org/${name}
    headers: { X-Token: "\${{ secrets.TOKEN }}", X-Ok: "\${{ env.CICLO_TOKEN }}" }
    query: { key: "\${{ env.ACTIONS_RUNTIME_TOKEN }}" }
`),
    ).toEqual([
      'data.source.url: "${{ env.GITHUB_TOKEN }}": the variable GITHUB_TOKEN may not be read here; only names that start with CICLO_ may; write ${{ env.CICLO_NAME }}',
      'data.source.headers.X-Token: "${{ secrets.TOKEN }}": this is not a reference to an environment variable; write ${{ env.CICLO_NAME }}',
      'data.source.query.key: "${{ env.ACTIONS_RUNTIME_TOKEN }}": the variable ACTIONS_RUNTIME_TOKEN may not be read here; only names that start with CICLO_ may; write ${{ env.CICLO_NAME }}',
    ]);
  });

  it('hold no secret in the clear, and do not repeat it', () => {
    const http = withData(`  source:
    type: http
    url: https://user:hunter2@example.org/
    headers: { Authorization: Bearer hunter2, "bad name": x }
`);
    expect(http).toEqual([
      'data.source.url: the file contains a password, and is committed; write ${{ env.CICLO_PASSWORD }} for it',
      'data.source.headers.Authorization: the file contains a secret, and is committed; write ${{ env.CICLO_TOKEN }} for it',
      'data.source.headers["bad name"]: "bad name" is not the name of a header (RFC 9110)',
    ]);
    const postgres = withData(
      '  source: { type: postgres, url: "postgresql://u:hunter2@db/x", query: "select ${{ env.CICLO_X }}" }\n',
    );
    expect(postgres).toEqual([
      'data.source.url: the file contains a password, and is committed; write ${{ env.CICLO_POSTGRES_URL }} for it',
      'data.source.query: "${{ env.CICLO_X }}": values of the environment are not put into SQL; write the value itself',
    ]);
    const trino = withData(
      '  source: { type: trino, url: "https://u:hunter2@t:8443", password: hunter2, token: hunter2, query: "select ${{ env.CICLO_X }}" }\n',
    );
    expect(trino).toEqual([
      'data.source.url: the file contains a password, and is committed; write ${{ env.CICLO_TRINO_URL }} for it',
      'data.source.password: the file contains a secret, and is committed; write ${{ env.CICLO_PASSWORD }} for it',
      'data.source.token: the file contains a secret, and is committed; write ${{ env.CICLO_TRINO_TOKEN }} for it',
      'data.source.token: is a credential beside password, and Trino takes one of them; leave the other out',
      'data.source.query: "${{ env.CICLO_X }}": values of the environment are not put into SQL; write the value itself',
    ]);
    expect([...http, ...postgres, ...trino].join()).not.toContain('hunter2');
  });

  it('have only the keys of their format', () => {
    expect(withData('  source: { type: file, path: a.parquet, delimiter: ";", rows: $.x }\n')).toEqual([
      'data.source.delimiter: ";": a delimiter is for csv, and the files are parquet; leave it out',
      'data.source.rows: "$.x" is a path into JSON, and the files are parquet; leave it out',
    ]);
    expect(withData("  source: { type: file, path: a.csv, delimiter: '\"' }\n")).toEqual([
      'data.source.delimiter: "\\"" ends or quotes fields in CSV; allowed: another character, such as ";"',
    ]);
    expect(
      withData(
        '  source: { type: http, url: "https://example.org", format: csv, rows: $.x, pagination: { type: cursor, parameter: c, path: $.n } }\n',
      ),
    ).toEqual([
      'data.source.rows: "$.x" is a path into JSON, and format is csv; leave it out',
      'data.source.pagination.type: "cursor" is read from a JSON answer, and format is csv; allowed: link, page, offset',
    ]);
    expect(withData('  source: { type: http, url: ftp://example.org }\n')).toEqual([
      'data.source.url: "ftp://example.org" is not a URL; allowed: a URL that starts with https:// or http://',
    ]);
    expect(withData('  source: { type: postgres, url: localhost, query: select 1 }\n')).toEqual([
      'data.source.url: "localhost" is not a connection URL; allowed: ${{ env.CICLO_POSTGRES_URL }}, or postgresql://host/database',
    ]);
    expect(withData('  source: { type: trino, url: "https://t:8443/hive", query: select 1 }\n')).toEqual([
      'data.source.url: "https://t:8443/hive" is not the address of a coordinator; allowed: ${{ env.CICLO_TRINO_URL }}, or https://host:port, with catalog and schema as keys of their own',
    ]);
  });
});

describe('labels that come late', () => {
  const labels = 'monitor: { labels: { type: file, path: labels.csv } }\n';

  it('need a key to find their rows by', () => {
    expect(problems(labels)).toEqual([
      'monitor.labels: labels find their rows by a key; name its columns in monitor.key, of a prediction log [_request, _record]',
    ]);
    expect(problems(labels, `${smallestConfig}  key: id\n`)).toEqual([]);
    expect(problems(labels.replace(' } }', ' }, key: [_request, _record] }'))).toEqual([]);
  });

  it('have a key that joins something, and not by what is to be known', () => {
    expect(problems('monitor: { key: id }\n')).toEqual([
      'monitor.key: "id" joins labels to rows that come from elsewhere, and neither monitor.labels nor monitor.source is there; name one, or leave it out',
    ]);
    expect(problems('monitor: { key: [id, mpg], source: { type: file, path: log/*.ndjson } }\n')).toEqual([
      'monitor.key: "mpg" is the target, which rows without a label do not have; name columns that identify a row',
    ]);
  });

  it('are read as carefully as any source', () => {
    expect(
      problems(
        "monitor: { key: id, labels: { type: http, url: 'https://a.example/x', headers: { Authorization: abc } } }\n",
      ),
    ).toEqual([
      'monitor.labels.headers.Authorization: the file contains a secret, and is committed; write ${{ env.CICLO_TOKEN }} for it',
    ]);
  });
});

describe('commands', () => {
  it('are a command line, and how it gets its rows', () => {
    expect(
      problems(`train:
  candidates:
    - { type: command, run: python train.py }
    - { type: command, name: r, run: Rscript train.R, format: parquet, files: [priors/*.json], timeout: 2h, max-disagreement: 1% }
`),
    ).toEqual([]);
  });

  it('say what is wrong with them', () => {
    expect(
      problems(`train:
  candidates:
    - { type: command, run: " " }
    - { type: command, run: python train.py, tiemout: 2h }
    - { type: command, run: python train.py, format: feather, timeout: 0h }
    - { type: comand, run: python train.py }
    - { type: linear, run: python train.py }
`),
    ).toEqual([
      'train.candidates[0].run: " " is not allowed; allowed: a command line such as python train.py',
      'train.candidates[1].tiemout: unknown key; did you mean "timeout"? allowed: type, name, run, format, files, timeout, max-disagreement',
      'train.candidates[2].format: "feather" is not allowed; allowed: csv, parquet, arrow',
      'train.candidates[3].type: "comand" is not a known type; did you mean "command"? allowed: linear, neural-network, boosted-trees, command',
      expect.stringMatching(
        /^train\.candidates\[4\]\.run: this key belongs to type command; allowed: type, name/,
      ),
    ]);
    expect(problems('train:\n  candidates: [{ type: command, run: a, timeout: 0h }]\n')).toEqual([
      'train.candidates[0].timeout: 0 leaves no time to run; set one such as 30m or 6h',
    ]);
  });
});
