import fc from 'fast-check';
import { median } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { absoluteLoss, binaryLoss, medianInPlace, multiclassLoss, squaredLoss } from './boosting-losses.ts';

const multiclass = multiclassLoss(3);

describe('boosting losses', () => {
  it.each([
    ['binary', binaryLoss, 1],
    ['multiclass', multiclass, 3],
  ])('%s: derivatives are those of the loss by finite differences', (_, loss, outputs) => {
    const score = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(score, { minLength: 4 * outputs, maxLength: 4 * outputs }),
        fc.array(fc.integer({ min: 0, max: outputs === 1 ? 1 : 2 }), { minLength: 4, maxLength: 4 }),
        fc.array(fc.double({ min: 0.1, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 }),
        (values, targets, weights) => {
          const labels = {
            rows: 4,
            targets: Float64Array.from(targets),
            weights: Float64Array.from(weights),
          };
          const scores = Float64Array.from(values);
          const out = { first: new Float64Array(4 * outputs), second: new Float64Array(4 * outputs) };
          loss.mean(scores, labels, out);
          const h = 1e-4;
          // Friedman's factor classes / (classes - 1) of a diagonal second derivative.
          const factor = outputs === 1 ? 1 : outputs / (outputs - 1);
          for (let i = 0; i < scores.length; i++) {
            const at = (step: number) => 4 * loss.mean(scores.with(i, scores[i]! + step), labels);
            expect(out.first[i]!).toBeCloseTo((at(h) - at(-h)) / (2 * h), 5);
            expect(out.second[i]! / factor).toBeCloseTo((at(h) - 2 * at(0) + at(-h)) / (h * h), 4);
          }
        },
      ),
    );
  });

  it('starts where no other constant has a lower loss', () => {
    const numbers = { rows: 5, targets: Float64Array.of(1, 2, 3, 4, 100) };
    expect(squaredLoss.initial(numbers)[0]).toBeCloseTo(22, 12);
    expect([...absoluteLoss.initial(numbers)]).toEqual([3]);
    // Three of four rows, the one of class 0 with weight 3: even odds.
    const classes = { rows: 4, targets: Float64Array.of(0, 1, 1, 1), weights: Float64Array.of(3, 1, 1, 1) };
    expect(binaryLoss.initial(classes)[0]).toBeCloseTo(0, 12);
    const three = { rows: 4, targets: Float64Array.of(0, 1, 2, 2) };
    const [a, b, c] = multiclass.initial(three);
    expect(a).toBe(b);
    expect(c! - a!).toBeCloseTo(Math.LN2, 12);
  });

  it('means squares, absolute errors and cross-entropies over rows', () => {
    const labels = { rows: 2, targets: Float64Array.of(1, 0) };
    const scores = Float64Array.of(3, -1);
    expect(squaredLoss.mean(scores, labels)).toBe(2.5);
    expect(absoluteLoss.mean(scores, labels)).toBe(1.5);
    // -log(sigmoid(3)) and -log(1 - sigmoid(-1)), scipy.special.log_expit(3), log_expit(1).
    expect(binaryLoss.mean(scores, labels)).toBeCloseTo((0.04858735157374196 + 0.31326168751822286) / 2, 14);
    // Two classes' softmax is the sigmoid of the difference of their scores.
    const [two, difference] = [Float64Array.of(-1, 2, 2, 1), Float64Array.of(3, -1)];
    expect(multiclassLoss(2).mean(two, labels)).toBeCloseTo(binaryLoss.mean(difference, labels), 14);
  });

  it('has no infinite score for a class without rows', () => {
    expect([...multiclass.initial({ rows: 1, targets: Float64Array.of(2) })].every(Number.isFinite)).toBe(
      true,
    );
  });

  it('finds medians as sorting does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 60 }), (values) => {
        expect(medianInPlace(Float64Array.from(values))).toBe(median(values));
      }),
    );
  });
});
