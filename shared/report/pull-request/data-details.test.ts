import { expect, test } from 'vitest';
import type { ColumnChange } from '../../dataset/profile/data-changes.ts';
import { sampleQuality } from '../testing/sample-training.ts';
import { dataDetails } from './data-details.ts';
import { sampleReport } from './testing/sample-reports.ts';

function column(overrides: Partial<ColumnChange>): ColumnChange {
  return {
    name: 'x',
    role: 'feature',
    kind: 'values',
    type: { before: 'number', after: 'number' },
    roles: { before: 'feature', after: 'feature' },
    weight: 1,
    ...overrides,
  };
}

function lineOf(change: Partial<ColumnChange>): string | undefined {
  const data = {
    rows: { before: 10, after: 10 },
    target: { before: 'y', after: 'y' },
    classes: { added: [], gone: [] },
    columns: [column(change)],
  };
  const page = `${dataDetails(sampleReport({ data }), 10)}`;
  return page.split('\n').find((line) => line.startsWith('| `x`'));
}

test.each<[Partial<ColumnChange>, string]>([
  [{ kind: 'new' }, '**new** number feature'],
  [{ kind: 'gone', type: { before: 'date', after: undefined } }, '**gone**, was a date feature'],
  [{ kind: 'retyped', type: { before: 'number', after: 'category' } }, '**now category**, was number'],
  [
    { kind: 'role', roles: { before: 'feature', after: 'ignored' } },
    '**now hidden from models**, was a feature',
  ],
  [
    {
      numbers: { mean: { before: 20.13, after: 23.4 }, spread: { before: 5.2, after: 6 }, shift: 0.6288 },
      missing: { before: 0, after: 0.05 },
    },
    'mean 20.1 → 23.4 (+0.63 of the old spread), spread 5.2 → 6.0; missing 0% → 5%',
  ],
  [
    {
      type: { before: 'date', after: 'date' },
      numbers: { mean: { before: 0, after: 86_400_000 }, spread: { before: 0, after: 0 }, shift: null },
    },
    'middle 1970-01-01 → 1970-01-02',
  ],
  [
    {
      categories: {
        added: ['a', 'b', 'c', 'd', 'e'].map((value) => ({ value, share: 0.02 })),
        gone: [{ value: 'old', share: 0.25 }],
        moved: 0.35,
        most: { value: 'kept', before: 0.75, after: 0.9 },
      },
    },
    'new `a`, `b`, `c`, 2 more (10% of rows); gone `old` (was 25% of rows); `kept` 75% → 90%',
  ],
  [{ trueShare: { before: 0.5, after: 0.75 } }, 'true 50% → 75%'],
])('a column is described: %j', (change, words) => {
  expect(lineOf(change)).toBe(`| \`x\` | ${words} |`);
});

test('the fold says at a glance how much there is to see', () => {
  const summary = (report = sampleReport()) => `${dataDetails(report, 10)}`.split('\n')[1];
  expect(summary()).toBe(
    '<summary>Data · +44 training rows, 3 columns changed · 1 check needs a look</summary>',
  );
  const { data: _data, quality, ...report } = sampleReport();
  expect(summary({ ...report, quality: quality! })).toBe(
    '<summary>Data · 242 training rows · 1 check needs a look</summary>',
  );
  expect(dataDetails(report, 10)).toBeUndefined();
});

test('features that are nearly redundant are named, the strongest pair of them', () => {
  const page = (nearDuplicates: number): string => {
    const pairs = [{ features: ['a|b', 'c'] as [string, string], rows: 242, rho: -0.9364029 }];
    const correlations = { rows: 242, features: 3, compared: 3, nearDuplicates, pairs };
    return `${dataDetails(sampleReport({ quality: sampleQuality({ correlations }) }), 10)}`;
  };
  expect(page(1)).toContain('<code>a&#124;b</code> and `c` are nearly redundant (rank correlation −0.936).');
  expect(page(3)).toContain('are nearly redundant (rank correlation −0.936; 2 more pairs like it).');
  expect(page(0)).not.toContain('nearly the same');
});

test('rows that are a sample are said to be one, with how many they were drawn of', () => {
  const { rows } = sampleQuality();
  const sampled = { of: 31_482_113, unit: 'key' as const, columns: ['id'], by: 'origin' };
  const quality = sampleQuality({ rows: { ...rows, sampled } });
  expect(`${dataDetails(sampleReport({ quality }), 10)}`).toContain(
    'Rows: sampled 406 of 31,482,113 rows (by a hash of id, each origin in its share); 406 read, 8 dropped by cleaning',
  );
});
