import { expect, it } from 'vitest';
import { judge, sampleRegression, sampleValidate } from '../testing/sample-predictions.ts';
import { shareBoundWords } from './share-bound-words.ts';

const words = /^Where a bound is a percentage, the interval beside it is of what the gate judges/;

it('is said where the interval of a gate is not that of the difference', () => {
  const predictions = sampleRegression(200, 1, 'rows');
  const theirs = sampleRegression(200, 1.1, 'champion');
  theirs.actual.set(predictions.actual);
  const judged = (share: string | number, kind: 'worse-by-at-most' | 'better-by-at-least') => {
    const { gates, metrics } = judge({
      predictions,
      champion: { name: 'fuel@v1.0.0', predictions: theirs },
      validate: sampleValidate({ gates: [{ metric: 'rmse', champion: { [kind]: share } }] }),
    });
    const { gain } = metrics.find(({ name }) => name === 'rmse')!.champion!;
    const [gate] = gates;
    return { gates, gain, gate: gate! };
  };
  const relative = judged('30%', 'better-by-at-least');
  // The same figure, and an interval of its own.
  expect(relative.gate.measured).toBeCloseTo(relative.gain.value!, 12);
  expect(Math.abs(relative.gate.low! - relative.gain.low!)).toBeGreaterThan(1e-3);
  expect(shareBoundWords(relative.gates)).toMatch(words);
  for (const { gates, gain, gate } of [
    judged(0.1, 'better-by-at-least'),
    judged('0%', 'better-by-at-least'),
  ]) {
    expect(gate.low).toBeCloseTo(gain.low!, 12);
    expect(shareBoundWords(gates)).toBeUndefined();
  }
  expect(shareBoundWords(judged('2%', 'worse-by-at-most').gates)).toMatch(words);
  expect(shareBoundWords([])).toBeUndefined();
});
