import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../config/sections/schema.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { type Column, type Row, tableOf } from '../table/table.ts';
import {
  booleans,
  categories,
  configWith,
  dates,
  fiveTimes,
  numbers,
  schemaOf,
} from '../testing/dataset-builders.ts';
import { fitRecipe, type Recipe } from './recipe.ts';
import { compileRecipe } from './recipe-runner.ts';

type Feature = NonNullable<ConfigInput['features']>[string];

/** Fitted on each row five times: a recipe names nothing rarer. */
function fitted(column: Column, feature: Feature = {}): Recipe {
  return fittedOnce(fiveTimes(column), feature);
}

function fittedOnce(column: Column, feature: Feature = {}): Recipe {
  const table = tableOf([['x', column]]);
  return fitRecipe(table, schemaOf(table), configWith({ features: { x: feature } }));
}

function encode(recipe: Recipe, row: Row): Record<string, number> {
  const runner = compileRecipe(recipe);
  const out = new Float32Array(runner.width);
  runner.applyRecord(row, out);
  return Object.fromEntries(runner.inputs.map(({ name }, i) => [name, out[i]!]));
}

/** The message of the ConfigurationError that fitting ends with. */
function mistake(column: Column, feature: Feature): string {
  try {
    fitted(column, feature);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return 'no error';
}

describe('one-hot inputs', () => {
  const column = categories(['b', 'a', 'c', 'a', 'b', '日本', null]);

  it('come most frequent first, then by code point', () => {
    const { inputs } = compileRecipe(fitted(column, { missing: 'level' }));
    expect(inputs.map(({ name }) => name)).toEqual(['x=a', 'x=b', 'x=c', 'x=日本', 'x (missing)']);
  });

  it('are all zeros for an unseen category when none was rare in training', () => {
    expect(encode(fitted(column, { indicator: false }), { x: 'new' })).toEqual({
      'x=a': 0,
      'x=b': 0,
      'x=c': 0,
      'x=日本': 0,
    });
  });

  it('put rare and unseen categories into "other" when some were rare', () => {
    const recipe = fitted(column, { 'min-count': 10, indicator: false });
    expect(encode(recipe, { x: 'c' })).toEqual({ 'x=a': 0, 'x=b': 0, 'x (other)': 1 });
    expect(encode(recipe, { x: 'new' })).toEqual({ 'x=a': 0, 'x=b': 0, 'x (other)': 1 });
  });

  it('have an input for missing values only with "level", or with an indicator', () => {
    expect(encode(fitted(column), { x: null })).toMatchObject({ 'x=a': 1 });
    expect(encode(fitted(column, { missing: 'level' }), { x: null })).toMatchObject({
      'x=a': 0,
      'x (missing)': 1,
    });
    expect(encode(fitted(column, { indicator: true }), { x: null })).toMatchObject({
      'x=a': 1,
      'x (missing)': 1,
    });
  });

  it('give way to hashing above max-categories', () => {
    const many = categories(Array.from({ length: 51 }, (_, i) => `category ${i}`));
    expect(fitted(many).features[0]).toMatchObject({ kind: 'hash', buckets: 64 });
    expect(fitted(many, { encode: 'one-hot' }).features[0]).toMatchObject({ kind: 'one-hot', other: true });
    expect(fitted(many, { 'max-categories': 51 }).features[0]).toMatchObject({
      kind: 'one-hot',
      other: false,
    });
  });

  it('take a category of 100,000 values through hashing', () => {
    const dictionary = Array.from({ length: 100_000 }, (_, i) => `id-${i}`);
    const recipe = fitted(
      { type: 'category', codes: Int32Array.from(dictionary.keys()), dictionary },
      { buckets: 16 },
    );
    const placed = Object.values(encode(recipe, { x: 'id-7' })).filter((value) => value !== 0);
    expect(placed.map(Math.abs)).toEqual([1]);
  });
});

describe('what fewer than five training rows have', () => {
  const rows = (count: number, value: string): string[] => Array.from({ length: count }, () => value);

  it('is no category of its own, however it is encoded', () => {
    const column = categories([...rows(20, 'often'), ...rows(5, 'seldom'), ...rows(4, 'rare'), 'Jane Roe']);
    const { inputs } = compileRecipe(fittedOnce(column));
    expect(inputs.map(({ name }) => name)).toEqual(['x=often', 'x=seldom', 'x (other)']);
    expect(fittedOnce(column, { encode: 'ordinal' }).features[0]).toMatchObject({
      levels: ['often', 'seldom'],
    });
  });

  it('is hashed where the rare ones hold most rows, and stands for no missing value', () => {
    const names = Array.from({ length: 40 }, (_, i) => `Name ${i}`);
    expect(fittedOnce(categories([...rows(30, 'nobody'), ...names, null])).features[0]).toMatchObject({
      kind: 'hash',
      impute: 'nobody',
    });
    expect(JSON.stringify(fittedOnce(categories([...names, null])))).not.toContain('Name');
  });

  it('is no median, quartile, end or clip of a recipe: a number of few digits beside it is', () => {
    const values = Array.from({ length: 101 }, (_, i) => 1000.0625 + 7.03125 * i);
    const known = new Set(values);
    const column = numbers([...values, null]);
    const policies: Feature[] = [
      {},
      { missing: 'mode' },
      { scale: 'robust' },
      { scale: 'min-max' },
      { transform: { clip: ['5%', '95%'] } },
    ];
    for (const policy of policies) {
      const [feature] = fittedOnce(column, policy).features;
      const published = [...JSON.stringify(feature).matchAll(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g)].map(([text]) =>
        Number(text),
      );
      expect(published.filter((number) => known.has(number))).toEqual([]);
    }
    // The median is 1351.625, between 1316.46875 and 1386.78125 five rows before and behind.
    expect(fittedOnce(column).features[0]).toMatchObject({ impute: 1350 });
  });

  it('is left out where a whole column has no more', () => {
    const table = tableOf([
      ['x', numbers([...Array.from({ length: 30 }, () => null), 4711.5, 4712.5])],
      ['z', numbers(Array.from({ length: 32 }, (_, i) => i))],
    ]);
    const recipe = fitRecipe(table, schemaOf(table), configWith());
    expect(recipe.features.map(({ column }) => column)).toEqual(['z']);
    expect(recipe.warnings).toEqual([
      'x has a value in only 2 training rows: a model publishes nothing of fewer than 5, so it is left out',
    ]);
  });
});

describe('ordinal inputs', () => {
  const sizes = categories(['small', 'large', 'medium', 'small', null]);
  const order = ['small', 'medium', 'large'];

  it('follow the declared order; missing as a level comes last, unseen is -1', () => {
    const recipe = fitted(sizes, { encode: 'ordinal', order, scale: 'none', missing: 'level' });
    const values = ['small', 'medium', 'large', null, 'huge'].map((x) => encode(recipe, { x }).x);
    expect(values).toEqual([0, 1, 2, 3, -1]);
  });

  it('need an order that lists what the training rows hold', () => {
    expect(mistake(sizes, { encode: 'ordinal', order: ['small', 'largee', 'medium'] })).toBe(
      'features.x.order: the training rows hold "large", which the order does not list (small, largee, medium); did you mean largee?',
    );
    expect(mistake(sizes, { encode: 'ordinal', order: [...order, 'small'] })).toBe(
      'features.x.order: "small" is listed twice; list each level once',
    );
  });
});

describe('dates', () => {
  const column = dates(['2024-01-01T00:00:00Z', '2024-12-31T23:59:59.999Z', null]);

  it('give timestamp, month and weekday by default, cyclic parts as sine and cosine', () => {
    const { inputs } = compileRecipe(fitted(column, { indicator: false }));
    expect(inputs.map(({ name }) => name)).toEqual([
      'x (timestamp)',
      'x (month sine)',
      'x (month cosine)',
      'x (weekday sine)',
      'x (weekday cosine)',
    ]);
  });

  it('read their parts in UTC', () => {
    const parts: Feature['parts'] = ['year', 'month', 'day', 'weekday', 'hour', 'day-of-year', 'timestamp'];
    const recipe = fitted(column, { scale: 'none', parts });
    // Thursday, 29 February 2024, 18:30 UTC: the 60th of 366 days, the 19,782nd since 1970.
    const inputs = encode(recipe, { x: Date.UTC(2024, 1, 29, 18, 30) });
    const around = (share: number): [number, number] => [
      Math.sin(2 * Math.PI * share),
      Math.cos(2 * Math.PI * share),
    ];
    const expected = {
      'x (year)': 2024,
      'x (day)': 29,
      'x (timestamp)': 19782 + 18.5 / 24,
      ...pair('month', around(1 / 12)),
      ...pair('weekday', around(3 / 7)),
      ...pair('hour', around(18 / 24)),
      ...pair('day-of-year', around(59 / 366)),
    };
    for (const [name, value] of Object.entries(expected)) expect(inputs[name], name).toBe(Math.fround(value));
  });

  it('take a constant as an ISO date', () => {
    const recipe = fitted(column, { missing: { constant: '2020-05-17' } });
    expect(recipe.features[0]).toMatchObject({ impute: Date.UTC(2020, 4, 17) });
  });

  function pair(part: string, [sine, cosine]: [number, number]): Record<string, number> {
    return { [`x (${part} sine)`]: sine, [`x (${part} cosine)`]: cosine };
  }
});

describe('a column without any value in training', () => {
  it('becomes a constant 0 with a warning, whatever its type', () => {
    for (const [column, value] of [
      [numbers([null, null]), 17],
      [dates([null, null]), 0],
      [categories([null, null]), 'a'],
      [booleans([null, null]), false],
    ] as const) {
      const recipe = fitted(column);
      expect(recipe.warnings).toHaveLength(1);
      expect(recipe.warnings[0]).toMatch(/^x is missing in every training row: /);
      expect(Object.values(encode(recipe, { x: value })).every(Number.isFinite)).toBe(true);
    }
    expect(encode(fitted(numbers([null])), { x: null })).toEqual({ x: 0 });
  });
});

describe('an indicator', () => {
  it('is by itself an input where five rows or more miss the value and as many have it, whatever its type', () => {
    const widthOf = (column: Column): number => compileRecipe(fittedOnce(column)).width;
    const kinds: ((values: readonly (number | null)[]) => Column)[] = [
      numbers,
      (values) => dates(values.map((value) => (value === null ? null : `2024-01-0${value}`))),
      (values) => booleans(values.map((value) => (value === null ? null : value > 1))),
      (values) => categories(values.map((value) => (value === null ? null : `c${value}`))),
    ];
    const missing = (count: number) =>
      Array.from({ length: 20 }, (_, row) => (row < count ? null : 1 + (row % 2)));
    for (const columnOf of kinds) {
      expect(widthOf(columnOf(missing(5)))).toBe(widthOf(columnOf(missing(4))) + 1);
    }
  });

  it('is left out with a warning when training has no missing value to learn from', () => {
    const recipe = fitted(numbers([1, 2]), { indicator: true });
    expect(encode(recipe, { x: null })).toEqual({ x: 0 });
    expect(recipe.warnings).toEqual([
      'features.x.indicator: no training row misses x, so there is no "(missing)" input',
    ]);
  });
});

describe('a feature that does not fit its column is refused', () => {
  const x = numbers([3, -3, 0, 1, null]);

  it.each<[string, Column, Feature, string]>([
    [
      'a logarithm of values that have none',
      x,
      { transform: 'log' },
      'features.x.transform: log needs values above 0, but the training rows of x hold -3 and 9 more outside it; use another transform, or a range under features.x.range',
    ],
    [
      'an imputed value outside the transform',
      numbers([1, 2, null]),
      { transform: 'sqrt', missing: { constant: -1 } },
      'features.x.missing: sqrt needs values of 0 or more, but missing values would become -1',
    ],
    [
      'quantiles upside down',
      x,
      { transform: { clip: ['90%', '10%'] } },
      'features.x.transform.clip: [0.9,0.1] is upside down; write the lower quantile first',
    ],
    [
      'a level for numbers',
      x,
      { missing: 'level' },
      'features.x.missing: "level" is for categories, and x is a number column; use median, mean, mode or { constant: … }, with indicator: true',
    ],
    [
      'a text for numbers',
      x,
      { missing: { constant: 'none' } },
      'features.x.missing.constant: "none" does not fit a number column; write a number',
    ],
    [
      'no date for dates',
      dates([null]),
      { missing: { constant: 'soon' } },
      'features.x.missing.constant: "soon" does not fit a date column; write an ISO 8601 date such as 2026-03-31 or milliseconds since 1970',
    ],
    [
      'a median of categories',
      categories(['a']),
      { missing: 'median' },
      'features.x.missing: "median" is for numbers and dates, and x is a category column; use mode, level or { constant: … }',
    ],
    [
      'a number for categories',
      categories(['a']),
      { missing: { constant: 3 } },
      'features.x.missing.constant: 3 does not fit a category column; write a text',
    ],
    [
      'a mean of booleans',
      booleans([true]),
      { missing: 'mean' },
      'features.x.missing: "mean" is not for booleans, and x is one; use mode or { constant: true }, with indicator: true',
    ],
    [
      'a text for booleans',
      booleans([true]),
      { missing: { constant: 'yes' } },
      'features.x.missing.constant: "yes" does not fit a boolean column; write true or false',
    ],
    [
      'a transform of dates',
      dates([null]),
      { transform: 'log' },
      'features.x.transform: "log" is for numbers, and x is a date column; leave it out',
    ],
    [
      'a transform of categories',
      categories(['a']),
      { transform: 'sqrt' },
      'features.x.transform: "sqrt" is for numbers, and x is a category column; leave it out',
    ],
  ])('%s', (_, column, feature, message) => {
    expect(mistake(column, feature)).toBe(message);
  });

  it('no rows, or no features', () => {
    const none = tableOf([['x', numbers([])]]);
    expect(() => fitRecipe(none, schemaOf(none), configWith())).toThrow(
      'cannot fit the recipe: the training split has no rows; at least 1 is needed',
    );
    const target = tableOf([['y', numbers([1])]]);
    expect(() => fitRecipe(target, schemaOf(target), configWith())).toThrow(
      'cannot fit the recipe: no feature is left; declare fewer columns under prepare.exclude or add one under prepare.derive',
    );
  });
});
