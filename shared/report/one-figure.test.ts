import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clearSide } from '../metrics/evaluation/clear-side.ts';
import type { Evaluation } from '../metrics/evaluation/evaluation.ts';
import { fewestNewerRows } from '../metrics/intervals/deciding-rows.ts';
import { takePredictions } from '../metrics/rows/subset.ts';
import {
  judge,
  sampleBinary,
  sampleRegression,
  sampleValidate,
} from '../metrics/testing/sample-predictions.ts';
import { gainTitle, surenessTitle } from './drift/retraining-evidence.ts';
import { gainOutcome } from './evaluation/gain.ts';
import { sampleReport } from './pull-request/testing/sample-reports.ts';
import { verdictSentence } from './pull-request/verdict.ts';

const primaryOf = ({ metrics, primary }: Evaluation) => metrics.find(({ name }) => name === primary)!;
const places = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, i) => from + i);

/** Two models of the same rows, of which the last ones are newer than the champion's data. */
const pairs = fc.record({
  task: fc.constantFrom('regression', 'binary'),
  rows: fc.integer({ min: 60, max: 110 }),
  // Whole percentages: doubles are drawn by their exponents, nearly all of them near zero.
  newer: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
  own: fc.integer({ min: 70, max: 160 }).map((percent) => percent / 100),
  champion: fc.integer({ min: 70, max: 160 }).map((percent) => percent / 100),
  method: fc.constantFrom('auto', 'bca', 'percentile'),
  confidence: fc.constantFrom(0.8, 0.95, 0.99),
  outOfFold: fc.boolean(),
});

type Pair = typeof pairs extends fc.Arbitrary<infer P> ? P : never;

function inputOf({ task, rows, newer, own, champion, method, confidence, outOfFold }: Pair) {
  const of = (size: number) => {
    // The same seed gives the same right answers, and errors of another size.
    if (task === 'binary') return sampleBinary(rows, size, 'rows');
    return sampleRegression(rows, size, 'rows');
  };
  const predictions = of(own);
  const other = of(champion);
  if (other.task === 'regression') {
    const { actual, predicted } = other;
    // Errors of its own, so that the gain has both signs by row.
    predicted.set(predicted.map((value, row) => 2 * actual[row]! - value + Math.sin(row)));
  }
  const count = Math.round(newer * rows);
  return {
    predictions,
    count,
    champion: {
      name: 'fuel@v1.0.0',
      predictions: other,
      newer: places(rows - count, rows),
      ...(outOfFold ? { outOfFold: { edited: 0 } } : {}),
    },
    validate: sampleValidate({
      metrics: [task === 'binary' ? 'log-loss' : 'rmse'],
      bootstrap: { resamples: 100, method, confidence },
    }),
    folds: { count: 5, inputs: 10 },
  };
}

const settings = { numRuns: 25 };

describe('one comparison', () => {
  it('has one interval, whichever rows decide', () => {
    fc.assert(
      fc.property(pairs, (pair) => {
        const input = inputOf(pair);
        const evaluation = judge(input);
        const { champion } = evaluation;
        const { gain, value, own = null } = primaryOf(evaluation).champion!;
        const deciding = champion!.decidedBy ? champion!.newer : champion!.older;
        if (deciding && deciding.rows === champion!.rows)
          expect(deciding).toEqual({ rows: champion!.rows, value, own, gain });
        expect(champion!.rows === pair.rows || deciding !== undefined).toBe(true);
      }),
      settings,
    );
  });

  it('has the interval of all rows where all are newer, as where none is', () => {
    fc.assert(
      fc.property(pairs, (pair) => {
        const { champion, ...input } = inputOf({ ...pair, newer: 1 });
        const all = judge({ ...input, champion });
        const { newer: _, ...none } = champion;
        expect(all.champion).not.toHaveProperty('newer');
        expect(primaryOf(all).champion!.gain).toEqual(
          primaryOf(judge({ ...input, champion: none })).champion!.gain,
        );
      }),
      settings,
    );
  });

  it('has the same interval in an evaluation of those rows alone, newer or older', () => {
    fc.assert(
      fc.property(pairs, (pair) => {
        const { predictions, champion, count, folds, ...input } = inputOf(pair);
        const whole = judge({ ...input, predictions, champion, folds });
        const [older, newer] = [places(0, pair.rows - count), champion.newer];
        for (const [rows, part] of [
          [older, whole.champion!.older],
          [newer, whole.champion!.newer],
        ] as const) {
          if (!part || part.rows < 10) continue;
          const alone = judge({
            ...input,
            predictions: takePredictions(predictions, rows),
            champion: { name: champion.name, predictions: takePredictions(champion.predictions, rows) },
            folds: { ...folds, rows: pair.rows },
          });
          expect(primaryOf(alone).champion!.gain).toEqual(part.gain);
        }
      }),
      settings,
    );
  });

  it('has one interval against the anchor too, where that is the same model by another name', () => {
    const gates = ['champion', 'anchor'].map((of) => ({
      metric: 'rmse',
      champion: { of, 'worse-by-at-most': 0.1 },
    }));
    const model = { predictions: sampleRegression(100, 1.2, 'rows'), rows: places(0, 100) };
    const { gates: judged } = judge({
      predictions: sampleRegression(100, 1, 'rows'),
      validate: sampleValidate({ gates }),
      champion: { name: 'fuel@v1.1.0', ...model },
      anchor: { name: 'fuel@v1.0.0', ...model },
    });
    expect(judged[1]!.of).toBe('anchor');
    expect([judged[1]!.low, judged[1]!.high]).toEqual([judged[0]!.low, judged[0]!.high]);
  });
});

describe('a slice', () => {
  it('of all rows has the interval of the metric, and slices of the same rows have the same', () => {
    const predictions = sampleRegression(100, 1, 'rows');
    const codes = Int32Array.from({ length: 100 }, (_, row) => row % 2);
    const column = (dictionary: string[], of: Int32Array) => ({
      type: 'category' as const,
      codes: of,
      dictionary,
    });
    const evaluation = judge({
      predictions,
      slices: [
        { name: 'country', column: column(['Japan'], new Int32Array(100)) },
        { name: 'maker', column: column(['Honda', 'Fiat'], codes) },
        { name: 'side', column: column(['right', 'left'], codes) },
      ],
    });
    const intervals = (column: string) =>
      evaluation.slices.filter((slice) => slice.column === column).map((slice) => [slice.low, slice.high]);
    const { low, high } = primaryOf(evaluation);
    expect(intervals('country')).toEqual([[low, high]]);
    expect(intervals('maker')).toHaveLength(2);
    expect(intervals('side').toSorted()).toEqual(intervals('maker').toSorted());
  });
});

describe('a slice beside the champion', () => {
  it('of all rows has the comparison of the metric, and slices of the same rows have the same', () => {
    const predictions = sampleRegression(100, 1, 'rows');
    const champion = { name: 'fuel@v1.0.0', predictions: sampleRegression(100, 1.1, 'champion') };
    champion.predictions.actual.set(predictions.actual);
    const column = (dictionary: string[], codes: Int32Array) => ({
      ...{ type: 'category' as const, codes, dictionary },
    });
    const halves = Int32Array.from({ length: 100 }, (_, row) => row % 2);
    const few = Int32Array.from({ length: 100 }, (_, row) => (row < 8 ? 1 : 0));
    const evaluation = judge({
      ...{ predictions, champion },
      slices: [
        { name: 'country', column: column(['Japan'], new Int32Array(100)) },
        { name: 'maker', column: column(['Honda', 'Fiat'], halves) },
        { name: 'side', column: column(['right', 'left'], halves) },
        { name: 'rare', column: column(['usual', 'rare'], few) },
      ],
    });
    const of = (column: string) => evaluation.slices.filter((slice) => slice.column === column);
    const primary = primaryOf(evaluation).champion!;
    expect(of('country').map(({ champion: value, gain }) => ({ value, gain }))).toEqual([
      { value: primary.value, gain: primary.gain },
    ]);
    expect(primary.gain.low).not.toBeNull();
    expect(of('side').map(({ gain }) => gain)).toEqual(of('maker').map(({ gain }) => gain));
    for (const { value, champion: theirs, gain } of of('maker')) {
      expect(gain!.value).toBeCloseTo(theirs! - value!, 12);
      expect(gain!.low!).toBeLessThan(gain!.value!);
    }
    const [rare] = of('rare').filter(({ label }) => label === 'rare');
    expect(rare).toMatchObject({ judged: false, champion: expect.any(Number) });
    expect(rare).not.toHaveProperty('gain');
  });
});

describe('what is said of a comparison', () => {
  it('never contradicts its row: not in the headline, the pull request or a title', () => {
    fc.assert(
      fc.property(pairs, (pair) => {
        const evaluation = judge(inputOf(pair));
        const { gain } = primaryOf(evaluation).champion!;
        const { champion, headline } = evaluation;
        const side = clearSide(gain);
        expect(gainOutcome(gain).className).toBe(side);
        for (const words of [headline, verdictSentence(sampleReport({ evaluation }))]) {
          expect(words).toMatch(
            side === 'same'
              ? /not clearly different from the champion’s/
              : new RegExp(`${side} than the champion’s`),
          );
          const [, contrast] = /: ((?:not clearly )?(?:better|worse)) on new rows/.exec(words) ?? [];
          if (contrast !== undefined) {
            expect(champion!.rows).toBeGreaterThanOrEqual(fewestNewerRows);
            expect(contrast.startsWith('not clearly')).toBe(side === 'same');
            if (side !== 'same') expect(contrast).toBe(side);
          }
          if (champion!.rows < pair.rows)
            expect(words).toContain(`on ${words === headline ? 'the ' : ''}${champion!.rows} rows`);
        }
        const title = `${gainTitle(evaluation)}${surenessTitle(evaluation, 0.8)}`;
        if (title.includes(', clearly better')) expect(side).toBe('better');
        if (side === 'worse') expect(title).not.toMatch(/(?:probably|, clearly) better/);
      }),
      settings,
    );
  });

  it('is not clear where an interval only touches zero, or leaves the value on the other side', () => {
    expect(clearSide({ value: 1, low: 0, high: 2 })).toBe('same');
    expect(clearSide({ value: -1, low: -2, high: 0 })).toBe('same');
    expect(clearSide({ value: -0.1, low: 0.1, high: 0.2 })).toBe('same');
    expect(clearSide({ value: 1, low: 0.1, high: 2 })).toBe('better');
    expect(clearSide({ value: -1, low: -2, high: -0.1 })).toBe('worse');
    expect(clearSide({ value: 1, low: null, high: null })).toBe('unknown');
  });
});
