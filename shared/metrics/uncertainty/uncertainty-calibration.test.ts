import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClassifiedRows, judgedRows } from '../rows/judged-rows.ts';
import { blockPlace, calibrated, calibrationMapsOf } from './uncertainty-calibration.ts';

/** A binary task's probabilities of the positive class, and whether it was. */
function binary(rows: readonly (readonly [number, number])[]): ClassifiedRows {
  const judged = judgedRows({
    task: 'binary',
    classes: ['no', 'yes'],
    actual: Int32Array.from(rows, ([, actual]) => actual),
    predicted: Int32Array.from(rows, ([p]) => Number(p > 0.5)),
    probabilities: Float64Array.from(rows.flatMap(([p]) => [1 - p, p])),
  });
  if (judged.task === 'regression') throw new TypeError(judged.task);
  return judged;
}

describe('a calibration map', () => {
  const rows = [
    [0.1, 0],
    [0.2, 1],
    [0.3, 0],
    [0.3, 1],
    [0.6, 0],
    [0.8, 1],
  ] as const;

  test('pools neighbours that are out of order, and equal probabilities', () => {
    // 0 | 1 of 1, 1 of 2, 0 of 1: together 2 of 4 | 1
    expect(calibrationMapsOf(binary(rows))).toEqual([
      {
        class: 'yes',
        blocks: [
          { from: 0.1, to: 0.1, observed: 0, rows: 1 },
          { from: 0.2, to: 0.6, observed: 0.5, rows: 4 },
          { from: 0.8, to: 0.8, observed: 1, rows: 1 },
        ],
      },
    ]);
  });

  test('is read on the straight line between blocks, and flat beyond them', () => {
    const [{ blocks }] = calibrationMapsOf(binary(rows)) as [ReturnType<typeof calibrationMapsOf>[number]];
    const values = blocks.map(({ observed }) => observed);
    const read = (p: number): number => calibrated(values, blockPlace(blocks, p));
    expect([0, 0.1, 0.4, 0.8, 1].map(read)).toEqual([0, 0, 0.5, 1, 1]);
    expect(read(0.15)).toBeCloseTo(0.25, 12);
    expect(read(0.7)).toBeCloseTo(0.75, 12);
  });

  test('ascends, and has as many positives as there were', () => {
    const row = fc.tuple(
      fc.integer({ min: 0, max: 40 }).map((p) => p / 40),
      fc.integer({ min: 0, max: 1 }),
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 200 }), (sample) => {
        const { blocks } = calibrationMapsOf(binary(sample))[0]!;
        for (const [i, { observed, from, to }] of blocks.entries()) {
          expect(from).toBeLessThanOrEqual(to);
          if (i > 0) expect(from).toBeGreaterThan(blocks[i - 1]!.to);
          if (i > 0) expect(observed).toBeGreaterThan(blocks[i - 1]!.observed);
        }
        const positives = blocks.reduce((sum, block) => sum + block.observed * block.rows, 0);
        expect(positives).toBeCloseTo(
          sample.reduce((sum, [, actual]) => sum + actual, 0),
          8,
        );
      }),
    );
  });
});
