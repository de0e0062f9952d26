import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateSchema } from '../../config/sections/validate-section.ts';
import { createRandom } from '../../platform/random.ts';
import { headlineOf } from '../evaluation/headline.ts';
import { twoFiguresWords } from '../evaluation/newer-rows-words.ts';
import type { Predictions } from '../rows/predictions.ts';
import { type ChampionInput, compareWithChampion } from './champion-comparison.ts';
import { comparisonsOf } from './comparison-results.ts';
import { decidingRows, fewestNewerRows, restOf } from './deciding-rows.ts';

const { bootstrap } = validateSchema.parse({});
const places = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, i) => from + i);

/** Errors by row: the predictions of a target that is zero everywhere. */
const erring = (errors: readonly number[]): Predictions => ({
  task: 'regression',
  actual: new Float64Array(errors.length),
  predicted: Float64Array.from(errors),
});

const wobble = (rows: number, size: number) =>
  Array.from({ length: rows }, (_, row) => size * (1 + 0.1 * Math.sin(row)));

const compare = (champion: Omit<ChampionInput, 'name'>, own: Predictions) =>
  compareWithChampion({ name: 'fuel@v1.0.0', ...champion }, own, ['mae', 'rmse'], bootstrap, {
    random: createRandom(1),
  });

describe('the rows on which two models are compared', () => {
  it('are the newer ones from thirty on, else all', () => {
    expect(fewestNewerRows).toBe(30);
    expect(decidingRows(places(0, 29), { rows: 100 })).toBe('all');
    expect(decidingRows(places(5, 35), { rows: 100 })).toEqual(places(5, 35));
  });

  it('are the older ones where both predicted those out-of-fold and few are newer', () => {
    expect(decidingRows(places(5, 10), { rows: 10, outOfFold: true })).toEqual(places(0, 5));
    expect(decidingRows(places(0, 0), { rows: 10, outOfFold: true })).toBe('all');
    expect(decidingRows(places(0, 10), { rows: 10, outOfFold: true })).toBe('all');
    expect(decidingRows(places(5, 35), { rows: 40, outOfFold: true })).toEqual(places(5, 35));
  });

  it('are divided in two', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 50 }), (flags) => {
        const newer = Uint32Array.from([...flags.keys()].filter((i) => flags[i]));
        const all = [...newer, ...restOf(newer, flags.length)].toSorted((a, b) => a - b);
        expect(all).toEqual([...flags.keys()]);
      }),
    );
  });
});

describe('a model that is better on newer rows and worse on older ones', () => {
  // 100 older rows: the champion errs by 1, the model by 2. The newer ones the other way round.
  const pair = (newer: number) => ({
    own: erring([...wobble(100, 2), ...wobble(newer, 1)]),
    champion: {
      predictions: erring([...wobble(100, 1), ...wobble(newer, 2)]),
      newer: places(100, 100 + newer),
    },
  });

  it('is better where enough rows are newer, and both figures are there', () => {
    const { own, champion } = pair(40);
    const comparison = compare(champion, own);
    const { summary } = comparison;
    expect(summary).toMatchObject({ rows: 40, comparable: true, decidedBy: 'newer-rows' });
    expect(summary.newer?.rows).toBe(40);
    expect(summary.newer?.gain.value).toBeCloseTo(1, 1);
    expect(summary.older?.rows).toBe(100);
    expect(summary.older?.gain.value).toBeCloseTo(-1, 1);
    const beside = comparisonsOf(['mae'], comparison, bootstrap).get('mae')!;
    expect(beside.own).toBeCloseTo(1, 1);
    expect(beside.value).toBeCloseTo(2, 1);
    expect(beside.gain.low).toBeGreaterThan(0);
    expect(twoFiguresWords(summary)).toBe('better on new rows, worse on old ones');
  });

  it('says both in the headline', () => {
    const { own, champion } = pair(40);
    const comparison = compare(champion, own);
    const headline = headlineOf({
      verdict: 'pass',
      primary: {
        name: 'mae',
        value: 1.72,
        low: 1.6,
        high: 1.8,
        better: 'lower',
        champion: comparisonsOf(['mae'], comparison, bootstrap).get('mae')!,
      },
      gates: [],
      champion: comparison.summary,
      confidence: 0.95,
      unit: undefined,
    });
    expect(headline).toMatch(
      /; on the 40 rows newer than the champion’s data it is 1\.\d+, better than the champion’s 2\.\d+ by 1\.\d+ \(.*\): better on new rows, worse on old ones \(on 100 older rows worse by /,
    );
  });

  it('is compared on all rows where fewer are newer', () => {
    const { own, champion } = pair(29);
    const { summary } = compare(champion, own);
    expect(summary).toMatchObject({ rows: 129, newer: { rows: 29 }, older: { rows: 100 } });
    expect(summary.decidedBy).toBeUndefined();
  });

  it('has one figure where all rows are newer, or none', () => {
    const own = erring(wobble(40, 1));
    const predictions = erring(wobble(40, 2));
    const all = compare({ predictions, newer: places(0, 40) }, own).summary;
    expect(all).toEqual({
      name: 'fuel@v1.0.0',
      rows: 40,
      comparable: true,
      decidedBy: 'newer-rows',
    });
    expect(compare({ predictions }, own).summary).toEqual({
      name: 'fuel@v1.0.0',
      rows: 40,
      comparable: true,
    });
  });
});

describe('what newer and older rows say', () => {
  const part = (value: number, low: number, high: number) => ({
    rows: 50,
    value: 1,
    own: 1,
    gain: { value, low, high },
  });

  it.each([
    [part(1, 0.5, 1.5), part(-1, -1.5, -0.5), 'better on new rows, worse on old ones'],
    [part(-1, -1.5, -0.5), part(1, 0.5, 1.5), 'worse on new rows, better on old ones'],
    [part(1, -0.5, 1.5), part(-1, -1.5, -0.5), 'not clearly better on new rows, worse on old ones'],
    [part(1, 0.5, 1.5), part(-1, -1.5, 0.5), 'better on new rows, not clearly worse on old ones'],
    [part(1, 0.5, 1.5), part(2, 0.5, 1.5), undefined],
  ])('is said where the two disagree', (newer, older, words) => {
    expect(twoFiguresWords({ newer, older })).toBe(words);
  });
});
