import { describe, expect, it } from 'vitest';
import { configSchema } from '../../config/sections/schema.ts';
import { createRandom } from '../../platform/random.ts';
import { configOf, prepared, sourceOf, times } from '../testing/source-builder.ts';
import type { QualityCheck } from './quality-report.ts';

const n = 400;
const random = createRandom(3);
const id = times(n, (i) => i);
const y = times(n, () => random.normal());
const noise = times(n, () => random.normal());

function checksOf(
  name: string,
  columns: Parameters<typeof sourceOf>[0],
  config = configOf({ data: { key: 'id' } }),
): QualityCheck[] {
  const { quality } = prepared(sourceOf({ id, noise, y, ...columns }), config);
  return quality.checks.filter(({ check }) => check === name);
}

describe('quality', () => {
  it('is good when nothing is found, with one line for each check', () => {
    const { quality } = prepared(sourceOf({ id, noise, y }), configOf({ data: { key: 'id' } }));
    expect(quality.status).toBe('pass');
    expect(quality.checks.map(({ check, status, message }) => [check, status, message])).toEqual([
      ['max-missing', 'pass', 'every feature has few enough missing values'],
      [
        'missing-target',
        'pass',
        'the target y is missing in 0 rows of 400 (0%; allowed: 50%); they cannot be used for training',
      ],
      ['max-duplicates', 'pass', '0 of 400 rows equal an earlier row in every column (0%; allowed: 5%)'],
      [
        'max-dropped',
        'pass',
        'cleaning dropped 0 of 400 rows (0%; allowed: 20%), 0 of them because the target is missing',
      ],
      ['min-rows', 'pass', '400 rows are left after cleaning; at least 20 are asked for'],
      ['constant', 'pass', 'every feature has at least two values'],
      ['leakage', 'pass', 'no feature alone gives y away'],
      ['split-duplicates', 'pass', 'no validation or test row equals a training row in every feature'],
      ['key-overlap', 'pass', 'no key is on two sides of the split (train, validation, test)'],
    ]);
    expect(quality.columns).toEqual([
      { name: 'id', type: 'number', missing: 0, distinct: n },
      { name: 'noise', type: 'number', missing: 0, distinct: n },
      { name: 'y', type: 'number', missing: 0, distinct: n },
    ]);
  });

  it('has the worst of its checks for a status, and failing is not an error', () => {
    const x = times(n, (i) => (i % 4 ? null : i));
    const config = configOf({ data: { key: 'id' }, prepare: { checks: { 'max-missing': '20%' } } });
    const { quality } = prepared(sourceOf({ id, noise, y, x }), config);
    expect(quality.status).toBe('fail');
    expect(quality.checks[0]).toEqual({
      check: 'max-missing',
      column: 'x',
      status: 'fail',
      measured: 0.75,
      allowed: 0.2,
      message: 'x is missing in 75% of the rows; allowed: 20%',
    });
  });

  it('knows both levels of a share, and off', () => {
    const x = times(n, (i) => (i % 4 ? null : i));
    const at = (check: object | 'off'): (string | undefined)[] =>
      checksOf(
        'max-missing',
        { x },
        configOf({ data: { key: 'id' }, prepare: { checks: { 'max-missing': check } } }),
      ).map(({ status, allowed }) => `${status} ${allowed}`);
    expect(at({ warn: '10%', fail: '80%' })).toEqual(['warn 0.1']);
    expect(at({ warn: '10%', fail: '50%' })).toEqual(['fail 0.5']);
    expect(at({ fail: '80%' })).toEqual(['pass 0.8']);
    expect(at('off')).toEqual([]);
  });

  it('measures the target by all rows read', () => {
    const target = times(n, (i) => (i % 10 < 6 ? null : y[i]!));
    expect(checksOf('missing-target', { y: target })[0]).toMatchObject({
      status: 'warn',
      measured: 0.6,
      message:
        'the target y is missing in 240 rows of 400 (60%; allowed: 50%); they cannot be used for training',
    });
    expect(checksOf('max-dropped', { y: target })[0]).toMatchObject({
      status: 'warn',
      message:
        'cleaning dropped 240 of 400 rows (60%; allowed: 20%), 240 of them because the target is missing',
    });
  });

  it('finds duplicates by the key, by all columns, with and without rows dropped', () => {
    const double = <T>(cells: T[]): T[] => [...cells, ...cells.slice(0, 100)];
    const source = sourceOf({ id: double(id), noise: double(noise), y: double(y) });
    for (const config of [
      configOf(),
      configOf({ data: { key: 'id' } }),
      configOf({ features: { noise: { range: [-9, 1], invalid: 'drop' } } }),
    ]) {
      const { quality } = prepared(source, config);
      const kept = noise.filter((value, i) => i < 100 && (value <= 1 || quality.rows.dropped === 0)).length;
      const check = quality.checks.find(({ check: name }) => name === 'max-duplicates')!;
      expect(check.measured).toBeCloseTo(kept / quality.rows.kept, 12);
      expect(check.status).toBe('warn');
      expect(check.message).toContain(': prepare.duplicates: drop keeps the first of each');
    }
  });

  it('counts test rows whose features a training row has', () => {
    const x = times(n, (i) => Math.floor(i / 2));
    const config = configOf({ data: { key: 'id' }, features: { x: {} }, prepare: { exclude: ['noise'] } });
    const { quality, splits } = prepared(sourceOf({ id, noise, y, x }), config);
    const values = (side: keyof typeof splits): number[] => [
      ...(splits[side].table.columns.get('x') as { values: Float64Array }).values,
    ];
    const trained = new Set(values('train'));
    const expected = [...values('validation'), ...values('test')].filter((value) =>
      trained.has(value),
    ).length;
    expect(quality.checks.find(({ check }) => check === 'split-duplicates')).toMatchObject({
      status: 'warn',
      measured: expected,
    });
  });

  it('says that rows without a group are one', () => {
    const g = times(n, (i) => (i % 50 === 0 ? null : `g${i % 80}`));
    expect(checksOf('missing-group', { g }, configOf({ data: { key: 'id', group: 'g' } }))).toEqual([
      {
        check: 'missing-group',
        column: 'g',
        status: 'warn',
        measured: 0.02,
        allowed: 0,
        message:
          'g is missing in 8 rows of 400, which are taken for one group and lie on one side of the split',
      },
    ]);
  });

  it('names features of one value, and of none', () => {
    const found = checksOf('constant', { one: times(n, () => 'a'), none: times(n, () => null) });
    expect(found.map(({ message, status }) => [status, message])).toEqual([
      ['warn', 'none has no value at all: it cannot help a model; prepare.exclude leaves it out'],
      ['warn', 'one has one value only: it cannot help a model; prepare.exclude leaves it out'],
    ]);
  });

  it('asks for enough rows', () => {
    const config = configOf({ data: { key: 'id' }, prepare: { checks: { 'min-rows': 500 } } });
    expect(checksOf('min-rows', {}, config)[0]).toMatchObject({
      status: 'fail',
      message: '400 rows are left after cleaning; at least 500 are asked for',
    });
  });

  it('wonders about 100,000 different texts', () => {
    const rows = 100_000;
    const source = sourceOf({ id: times(rows, (i) => `customer ${i}`), y: times(rows, (i) => i % 7) });
    const { quality, schema } = prepared(source);
    expect(quality.checks.find(({ check }) => check === 'many-categories')).toEqual({
      check: 'many-categories',
      column: 'id',
      status: 'warn',
      measured: 100_000,
      allowed: 1000,
      message:
        'id has 100,000 different texts, which the recipe hashes into buckets: is it an identifier? prepare.exclude leaves it out',
    });
    // No text has five rows, which are needed for its publication.
    expect(schema.columns[0]!.categories).toEqual([]);
  });
});

describe('leakage', () => {
  const leaks = (columns: Parameters<typeof sourceOf>[0], config?: ReturnType<typeof configOf>): string[] =>
    checksOf('leakage', columns, config).flatMap(({ column, status }) =>
      status === 'pass' ? [] : [column!],
    );

  it.each([
    ['the target in other units', (value: number) => 3 * value - 7],
    ['a function of the target', (value: number) => Math.exp(value)],
    ['a function that turns', (value: number) => Math.exp(-5 * value)],
    ['a little noise away from it', (value: number) => value + 0.01 * random.normal()],
  ])('is found: %s', (_, of) => {
    expect(leaks({ x: y.map(of) })).toEqual(['x']);
  });

  it('is found in a category, a boolean and a date', () => {
    const group = times(n, (i) => i % 4);
    const target = group.map((value) => value * 10);
    expect(leaks({ y: target, x: group.map((value) => `g${value}`) })).toEqual(['x']);
    expect(leaks({ y: group.map((value) => Number(value > 1)), x: group.map((value) => value > 1) })).toEqual(
      ['x'],
    );
    const days = times(n, (i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString());
    expect(
      leaks({ y: times(n, (i) => i * 2.5), id: noise, x: days }, configOf({ data: { key: 'noise' } })),
    ).toContain('x');
  });

  it.each([
    ['an unrelated number', noise],
    ['half of it', y.map((value) => value + random.normal())],
    ['a unique text', times(n, (i) => `row ${i}`)],
    ['a unique number', times(n, (i) => i)],
    ['a missing one', times(n, () => null)],
  ])('is not %s', (_, x) => {
    expect(leaks({ x })).toEqual([]);
  });

  it('is found where labels are predicted, but not by an identifier or a rare class', () => {
    const labels = times(n, (i) => ['a', 'b', 'c'][i % 3]!);
    const config = configOf({ task: 'multiclass', data: { key: 'id' } });
    expect(leaks({ y: labels, x: labels.map((label) => label.toUpperCase()) }, config)).toEqual(['x']);
    expect(leaks({ y: labels, x: times(n, (i) => `row ${i}`) }, config)).toEqual([]);
    expect(leaks({ y: labels, x: times(n, (i) => (i % 3) * 100 + (i % 7)) }, config)).toEqual(['x']);
    const rare = times(n, (i) => (i % 100 === 0 ? 'yes' : 'no'));
    expect(leaks({ y: rare }, configOf({ task: 'binary', data: { key: 'id' } }))).toEqual([]);
  });

  it('fails, or is not looked for, as the configuration says', () => {
    const level = (leakage: 'off' | 'fail'): (string | undefined)[] =>
      checksOf('leakage', { x: y }, configOf({ data: { key: 'id' }, prepare: { checks: { leakage } } })).map(
        ({ status }) => status,
      );
    expect(level('fail')).toEqual(['fail']);
    expect(level('off')).toEqual([]);
    expect(checksOf('leakage', { x: y })[0]!.message).toBe(
      'x alone predicts y almost perfectly: is it known before y is? If not, prepare.exclude it',
    );
  });
});

describe('labels of few training rows', () => {
  const rows = 400;
  const source = sourceOf({
    x: times(rows, (i) => i % 37),
    y: times(rows, (i) => (i < 3 ? 'Jane Roe' : i % 2 === 0 ? 'kept' : 'left')),
  });
  const rare = (parts: Parameters<typeof configOf>[0]) =>
    prepared(source, configOf({ task: 'multiclass', ...parts })).quality.checks.find(
      ({ check }) => check === 'rare-classes',
    );

  it('fail, since a model publishes its labels', () => {
    expect(rare({})).toMatchObject({
      column: 'y',
      status: 'fail',
      message: expect.stringMatching(
        /^y has labels of fewer than 5 training rows: Jane Roe \(\d rows?\)\. .*features: \{ "?y"?: \{ values: \["Jane Roe", kept, left\] \} \}$/,
      ),
    });
  });

  it('may be published where ciclo.yml names them itself', () => {
    const config = configSchema.parse({
      task: 'multiclass',
      target: 'y',
      data: { source: { type: 'file', path: 'rows.csv' } },
      features: { y: { values: ['Jane Roe', 'kept', 'left'] } },
      split: { test: 0.2 },
    });
    expect(prepared(source, config).quality.checks.map(({ check }) => check)).not.toContain('rare-classes');
  });
});
