import { describe, expect, test } from 'vitest';
import { profileOver, profileTable } from '../../dataset/profile/profile.ts';
import { tableOf } from '../../dataset/table/table.ts';
import { numbers, schemaOf } from '../../dataset/testing/dataset-builders.ts';
import { type Evidence, noEvidence } from '../evidence/evidence.ts';
import type { ColumnTest } from '../report/drift-report.ts';
import { testOf } from '../testing/columns.ts';
import { columnDrift, isStructural, judgedTest } from './column-drift.ts';

const table = tableOf([['size', numbers([1, 2, 3, Number.NaN])]]);
const profile = profileTable(table, schemaOf(table));
const fewer = tableOf([['size', numbers([1, 2])]]);
const sides = {
  reference: profile.columns[0]!,
  current: profileOver(profile, fewer).columns[0]!,
};

function judged(evidence: Partial<Evidence>, tests: readonly ColumnTest[] = []) {
  return columnDrift({
    sides,
    evidence: { ...noEvidence('compared', []), hypotheses: tests, ...evidence },
    role: 'feature',
    rows: { reference: 4, current: 2 },
    tests,
    structural: [],
    weight: 0.5,
    alpha: 0.01,
    floor: 0.1,
  });
}

describe('a hypothesis is drift', () => {
  const { 'adjusted-p': _p, drifted: _drifted, ...hypothesis } = testOf();

  test.each([
    [0.01, 0.1, true],
    [0.0100001, 0.1, false],
    [0.01, 0.0999, false],
    [0.5, 0.05, false],
  ])(
    'of an adjusted p-value of %f at a level of 0.01 and an effect of %f over a floor of 0.1: %s',
    (p, value, drifted) => {
      const effects = [{ name: 'ks' as const, value, floor: 0.1 }];
      expect(judgedTest({ ...hypothesis, effects }, p, 0.01)).toEqual({
        ...hypothesis,
        effects,
        'adjusted-p': p,
        drifted,
      });
    },
  );

  test('when any of its effects is over its own floor', () => {
    const effects = [
      { name: 'ks' as const, value: 0.01, floor: 0.1 },
      { name: 'wasserstein-normalised' as const, value: 0.3, floor: 0.2 },
    ];
    expect(judgedTest({ ...hypothesis, effects }, 0.001, 0.01).drifted).toBe(true);
    expect(judgedTest({ ...hypothesis, effects: [] }, 0.001, 0.01).drifted).toBe(false);
  });
});

test('only a column that is gone or has another type is a change of structure', () => {
  const outcomes = [
    'compared',
    'empty',
    'constant',
    'all-missing',
    'new-column',
    'too-many-categories',
    'no-labels',
  ];
  expect(outcomes.filter((outcome) => isStructural(outcome as 'compared'))).toEqual([]);
  expect(isStructural('vanished')).toBe(true);
  expect(isStructural('type-changed')).toBe(true);
});

describe('a column of the report', () => {
  test('has the rows and missing values of both sides', () => {
    expect(judged({})).toMatchObject({
      name: 'size',
      kind: 'number',
      role: 'feature',
      reference: { rows: 4, missing: 1 },
      current: { rows: 2, missing: 0 },
      weight: 0.5,
      exact: true,
    });
  });

  test('has drifted by any of its tests, and has the smallest of their p-values', () => {
    const quiet = testOf({ drifted: false, 'adjusted-p': 0.3 });
    expect(judged({}, [quiet])).toMatchObject({ drifted: false, 'adjusted-p': 0.3 });
    expect(judged({}, [quiet, testOf({ of: 'missing', 'adjusted-p': 0.004 })])).toMatchObject({
      drifted: true,
      'adjusted-p': 0.004,
    });
    expect(judged({})).toMatchObject({ drifted: false, 'adjusted-p': null });
    expect(judged({}, [quiet]).tests).toEqual([quiet]);
    expect(judged({ outcome: 'vanished' })).toMatchObject({ drifted: true, 'adjusted-p': null });
  });

  test.each([
    [testOf(), 'values drifted: KS distance 0.25 (alarm from 0.1); KS test (exact): p 0.001, adjusted 0.002'],
    [
      testOf({ drifted: false, p: 0.2, 'adjusted-p': 0.4 }),
      'values not significant: KS distance 0.25 (alarm from 0.1); KS test (exact): p 0.2, adjusted 0.4',
    ],
    [
      testOf({
        of: 'missing',
        test: 'two-proportion',
        method: 'permutation',
        drifted: false,
        effects: [{ name: 'missing-share', value: 0.01, floor: 0.05 }],
      }),
      'missing values below the minimum effect: share of missing values changed by 0.01 (alarm from 0.05); two-proportion test (permutation): p 0.001, adjusted 0.002',
    ],
    [
      testOf({
        effects: [
          { name: 'wasserstein-normalised', value: 0.1, floor: 0.1 },
          { name: 'jensen-shannon-distance', value: 0.2, floor: 0.1 },
          { name: 'total-variation', value: 0.3, floor: 0.1 },
        ],
      }),
      'values drifted: shifted by 0.1 standard deviations (alarm from 0.1); Jensen-Shannon distance 0.2 (alarm from 0.1); total variation 0.3 (alarm from 0.1); KS test (exact): p 0.001, adjusted 0.002',
    ],
    [
      testOf({
        drifted: false,
        effects: [
          { name: 'ks', value: 0.1, floor: 0.1 },
          { name: 'total-variation', value: 0.01, floor: 0.1 },
        ],
      }),
      'values not significant: KS distance 0.1 (alarm from 0.1); total variation 0.01 (alarm from 0.1); KS test (exact): p 0.001, adjusted 0.002',
    ],
  ])('says of a test what it found, by how much, and how: %#', (one, text) => {
    expect(judged({ notes: ['a note'] }, [one]).reasons.slice(0, 2)).toEqual([text, 'a note']);
  });

  test('says the smallest detectable change, where values were compared', () => {
    const values = testOf();
    const rows = { reference: 500, current: 500 };
    const seen = judged({ detectable: { of: 'novelty', rows } }, [values]);
    expect(seen['detectable-shift']).toBeGreaterThan(0);
    expect(seen.reasons.at(-1)).toMatch(/^smallest detectable change: \S+% of the rows \(80% power\)$/);
    const other = judged({ detectable: { of: 'novelty', rows }, unit: 'standard-deviations' }, [values]);
    expect(other['shift-unit']).toBe('standard-deviations');
    expect(other.reasons.at(-1)).toMatch(
      /^smallest detectable change: \S+ standard deviations \(80% power\)$/,
    );
    expect(judged({}, [values])).toMatchObject({
      'detectable-shift': null,
      reasons: [expect.any(String), 'too few rows to detect any change reliably'],
    });
  });

  test('says nothing of a shift where only the missing ones were, unless the value is one and the same', () => {
    const missing = testOf({ of: 'missing' });
    const detectable = { of: 'novelty', rows: { reference: 500, current: 500 } } as const;
    expect(judged({ detectable }, [missing])).toMatchObject({
      'detectable-shift': null,
      reasons: [expect.any(String)],
    });
    expect(judged({ detectable, outcome: 'constant' }).reasons).toEqual([
      expect.stringMatching(/^smallest detectable change: .*\(80% power\)$/),
    ]);
    expect(judged({ detectable, outcome: 'empty', notes: ['no row'] }).reasons).toEqual(['no row']);
  });
});
