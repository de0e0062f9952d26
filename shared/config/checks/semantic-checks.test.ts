import { describe, expect, it } from 'vitest';
import { problems, smallestConfig } from '../testing/problems-of.ts';

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
