import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ConfigInput, configSchema } from '../sections/schema.ts';
import { configInput } from '../testing/config-arbitrary.ts';
import { declarationChanges } from './declaration-changes.ts';

const smallest: ConfigInput = {
  task: 'regression',
  target: 'mpg',
  data: { source: { type: 'file', path: 'data/*.csv' } },
};

function changes(base: Partial<ConfigInput>, head: Partial<ConfigInput>): string[] {
  return between(base, head).map(({ effect, sentence }) => `${effect}: ${sentence}`);
}

function between(base: Partial<ConfigInput>, head: Partial<ConfigInput>) {
  const declared = (part: Partial<ConfigInput>) => ({ config: configSchema.parse({ ...smallest, ...part }) });
  return declarationChanges(declared(base), declared(head));
}

type Gates = NonNullable<NonNullable<ConfigInput['validate']>['gates']>;
const gates = (...list: Gates): Partial<ConfigInput> => ({ validate: { gates: list } });

describe('gates', () => {
  test.each<[string, Gates, Gates, string[]]>([
    [
      'a larger maximum loosens',
      [{ metric: 'rmse', max: 4 }],
      [{ metric: 'rmse', max: 6 }],
      ['loosens: gate rmse at most 4 is loosened to at most 6'],
    ],
    [
      'a larger minimum tightens',
      [{ metric: 'r2', min: 0.7 }],
      [{ metric: 'r2', min: 0.8 }],
      ['tightens: gate r2 at least 0.7 is tightened to at least 0.8'],
    ],
    [
      'a larger tolerance towards the champion loosens',
      [{ metric: 'rmse', champion: { 'worse-by-at-most': '2%' } }],
      [{ metric: 'rmse', champion: { 'worse-by-at-most': '10%' } }],
      ['loosens: gate rmse worse than the champion by at most 2% is loosened to at most 10%'],
    ],
    [
      'a smaller gain over the baseline loosens',
      [{ metric: 'rmse', baseline: { 'better-by-at-least': '30%' } }],
      [{ metric: 'rmse', baseline: { 'better-by-at-least': '12.3%' } }],
      ['loosens: gate rmse better than the naive baseline by at least 30% is loosened to at least 12.3%'],
    ],
    [
      'a share and an amount cannot be compared',
      [{ metric: 'r2', 'train-gap': { 'at-most': 0.1 } }],
      [{ metric: 'r2', 'train-gap': { 'at-most': '10%' } }],
      ['changes: gate r2 worse than on training rows by at most 0.1 is changed to at most 10%'],
    ],
    ['a removed gate loosens', [{ metric: 'rmse', max: 4 }], [], ['loosens: gate rmse at most 4 is removed']],
    ['a new gate tightens', [], [{ metric: 'rmse', max: 4 }], ['tightens: gate rmse at most 4 is added']],
    [
      'the order of gates says nothing',
      [
        { metric: 'rmse', max: 4 },
        { metric: 'r2', min: 0.7 },
      ],
      [
        { metric: 'r2', min: 0.7 },
        { metric: 'rmse', max: 4 },
      ],
      [],
    ],
    [
      'a gate moved to another column is one that is gone and one that is new',
      [{ metric: 'rmse', max: 6, slice: 'origin' }],
      [{ metric: 'rmse', max: 6, slice: 'year' }],
      [
        'loosens: gate rmse at most 6 in every slice by origin is removed',
        'tightens: gate rmse at most 6 in every slice by year is added',
      ],
    ],
    [
      'of two gates on one metric, the one that stays is recognised',
      [
        { metric: 'rmse', max: 4 },
        { metric: 'rmse', max: 5 },
      ],
      [{ metric: 'rmse', max: 5 }],
      ['loosens: gate rmse at most 4 is removed'],
    ],
  ])('%s', (_, base, head, expected) => {
    expect(changes(gates(...base), gates(...head))).toEqual(expected);
  });

  test('say where they are written, the removed ones in the base', () => {
    const base = gates({ metric: 'mae', max: 3 }, { metric: 'rmse', max: 4 });
    const head = gates({ metric: 'rmse', max: 5 });
    expect(between(base, head).map(({ path, file }) => [file, path.join('.')])).toEqual([
      ['head', 'validate.gates.0.max'],
      ['base', 'validate.gates.0.max'],
    ]);
  });
});

test.each<[string, Partial<ConfigInput>, Partial<ConfigInput>, string[]]>([
  [
    'the name',
    { name: 'fuel' },
    { name: 'fuel2' },
    ['changes: the pipeline’s name changes from fuel to fuel2: its champion is found by name'],
  ],
  ['the target', {}, { target: 'hp' }, ['changes: the target changes from mpg to hp']],
  [
    'the policy',
    { validate: { inconclusive: 'fail' } },
    { validate: { inconclusive: 'pass' } },
    ['loosens: an inconclusive gate now means pass, not fail'],
  ],
  [
    'the policy, to one word where a value beyond the bound failed',
    {},
    { validate: { inconclusive: 'warn' } },
    ['loosens: an inconclusive gate now means warn, not warn within, fail beyond, warn unmeasured'],
  ],
  [
    'the policy, to one that fails more',
    { validate: { inconclusive: { unmeasured: 'warn' } } },
    { validate: { inconclusive: { unmeasured: 'fail' } } },
    [
      'tightens: an inconclusive gate now means warn within, fail beyond, fail unmeasured, not warn within, fail beyond, warn unmeasured',
    ],
  ],
  [
    'the policy, to one that fails here and lets pass there',
    { validate: { inconclusive: { beyond: 'warn' } } },
    { validate: { inconclusive: { within: 'pass', beyond: 'fail' } } },
    [
      'loosens: an inconclusive gate now means pass within, fail beyond, warn unmeasured, not warn within, warn beyond, warn unmeasured',
    ],
  ],
  [
    'the policy, from one word for slices too',
    { validate: { inconclusive: 'fail' } },
    { validate: { inconclusive: { within: 'fail', beyond: 'fail', unmeasured: 'fail' } } },
    ['loosens: an inconclusive gate now means fail within, fail beyond, fail unmeasured, not fail'],
  ],
  ['the policy, written out', {}, { validate: { inconclusive: { beyond: 'fail', within: 'warn' } } }, []],
  [
    'a gate, from the anchor to the champion',
    { validate: { gates: [{ metric: 'rmse', champion: { 'worse-by-at-most': '2%', of: 'anchor' } }] } },
    { validate: { gates: [{ metric: 'rmse', champion: { 'worse-by-at-most': '2%' } }] } },
    [
      'loosens: gate rmse worse than the anchor by at most 2% is removed',
      'tightens: gate rmse worse than the champion by at most 2% is added',
    ],
  ],
  [
    'the decision',
    { task: 'binary', validate: { decision: { threshold: 0.5 } } },
    { task: 'binary', validate: { decision: { threshold: 0.3 } } },
    ['changes: validate.decision changes from {"threshold":0.5} to {"threshold":0.3}'],
  ],
  [
    'the primary metric',
    { validate: { primary: 'rmse' } },
    { validate: { primary: 'mae' } },
    ['changes: the primary metric changes from rmse to mae'],
  ],
  [
    'the metrics',
    { validate: { metrics: ['rmse', 'mae'] } },
    { validate: { metrics: ['rmse', 'r2'] } },
    ['changes: the metrics change: mae is gone, r2 is new'],
  ],
  [
    'the bootstrap',
    {},
    { validate: { bootstrap: { confidence: '80%' } } },
    ['changes: the bootstrap’s confidence changes from 0.95 to 0.8'],
  ],
  [
    'slice rows',
    {},
    { validate: { 'min-slice-rows': 50 } },
    ['loosens: slices are judged from 50 rows on, not from 10'],
  ],
  [
    'the split',
    {},
    { split: { test: '5%' } },
    ['changes: the split’s test changes from 0.2 to 0.05: rows change sides of the split'],
  ],
  [
    'the key',
    {},
    { data: { ...smallest.data, key: ['a', 'b'] } },
    ['changes: what identifies a row changes from the default to ["a","b"]: rows change sides of the split'],
  ],
  [
    'the source',
    {},
    { data: { source: { type: 'file', path: 'other.csv' } } },
    ['changes: the data source’s path changes from data/*.csv to other.csv'],
  ],
  [
    'a source to several, with steps',
    {},
    {
      data: {
        sources: { cars: { type: 'file', path: 'data/*.csv' }, makers: { type: 'file', path: 'm.csv' } },
        steps: [{ join: { with: 'makers', on: 'maker' } }],
      },
    },
    [
      'changes: the data source’s type changes from file to the default',
      'changes: the data source’s path changes from data/*.csv to the default',
      'changes: the data source’s columns changes from same to the default',
      'changes: the data source cars is new',
      'changes: the data source makers is new',
      'changes: the steps that make the data change from step 1 on: none becomes {"join":{"with":"makers","on":"maker","kind":"left"}}',
    ],
  ],
  [
    'a step',
    {
      data: {
        sources: { cars: { type: 'file', path: 'a.csv' } },
        steps: [{ filter: 'd => d.hp > 0' }, { dedupe: ['id'] }],
      },
    },
    { data: { sources: { cars: { type: 'file', path: 'b.csv' } }, steps: [{ filter: 'd => d.hp > 9' }] } },
    [
      'changes: the data source cars changes from {"type":"file","path":"a.csv","columns":"same","timeless":false,"types":{}} to {"type":"file","path":"b.csv","columns":"same","timeless":false,"types":{}}',
      'changes: the steps that make the data change from step 1 on: {"filter":"d => d.hp > 0"} becomes {"filter":"d => d.hp > 9"}',
    ],
  ],
  [
    'a missing policy',
    {},
    { features: { weight: { missing: 'drop' } } },
    ['changes: of weight, missing changes from the default to drop'],
  ],
  [
    'a range',
    { features: { hp: { range: [1, 500] } } },
    { features: { hp: { range: [1, 200] } } },
    ['changes: of hp, range changes from [1,500] to [1,200]'],
  ],
  [
    'excluded columns',
    {},
    { prepare: { exclude: ['year'] } },
    ['neutral: the excluded columns change: year is new'],
  ],
  [
    'derived columns',
    { prepare: { derive: { a: 'd => d.b' } } },
    {},
    ['neutral: the derived column a is gone'],
  ],
  [
    'checks off',
    {},
    { prepare: { checks: { leakage: 'off' } } },
    ['loosens: the check leakage changes from warn to off'],
  ],
  [
    'rows left',
    {},
    { prepare: { checks: { 'min-rows': 100 } } },
    ['tightens: the check min-rows changes from 20 to 100'],
  ],
  [
    'shares',
    { prepare: { checks: { 'max-missing': '10%' } } },
    { prepare: { checks: { 'max-missing': '60%' } } },
    ['loosens: the check max-missing changes from 0.1 to 0.6'],
  ],
  ['candidates are the model', {}, { train: { seed: 7 } }, []],
  ['encodings are the model', {}, { features: { weight: { scale: 'robust', unit: 'lb', bound: 8 } } }, []],
  [
    'encodings of all columns are the model, too',
    {},
    { prepare: { numbers: { encode: 'piecewise-linear' }, categories: { 'min-count': 'auto' } } },
    [],
  ],
])('changes: %s', (_, base, head, expected) => {
  expect(changes(base, head)).toEqual(expected);
});

test('what loosens comes first', () => {
  const found = between(
    { validate: { primary: 'rmse', gates: [{ metric: 'rmse', max: 4 }] } },
    { validate: { primary: 'mae', gates: [{ metric: 'mae', max: 4 }] } },
  );
  expect(found.map(({ effect }) => effect)).toEqual(['loosens', 'changes', 'tightens']);
});

test('a configuration has no change against itself', () => {
  fc.assert(
    fc.property(configInput, (input) => {
      const parsed = configSchema.safeParse(input);
      fc.pre(parsed.success);
      const declared = { config: parsed.data! };
      expect(declarationChanges(declared, declared)).toEqual([]);
    }),
  );
});
