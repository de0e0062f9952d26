import { describe, expect, test } from 'vitest';
import { createSchedule } from './learning-rate.ts';

function rates(
  schedule: Parameters<typeof createSchedule>[0],
  losses: number[],
  epochs = losses.length,
): number[] {
  const { rateOf, observe } = createSchedule(schedule, 0.1, epochs);
  return losses.map((loss, i) => {
    const rate = rateOf(i + 1);
    observe(loss);
    return rate;
  });
}

describe('learning-rate schedules', () => {
  const falling = [5, 4, 3, 2, 1];

  test('constant stays', () => {
    expect(rates('constant', falling)).toEqual([0.1, 0.1, 0.1, 0.1, 0.1]);
  });

  test('cosine falls from the base rate along half a cosine', () => {
    // 0.05 · (1 + cos(π k / 5)), k = 0 … 4
    expect(rates('cosine', falling)).toEqual([0.1, 0.0904508, 0.0654508, 0.0345492, 0.00954915]);
  });

  test('step multiplies every so many epochs', () => {
    expect(rates({ step: { every: 2, factor: 0.5 } }, falling)).toEqual([0.1, 0.1, 0.05, 0.05, 0.025]);
  });

  test('plateau multiplies after epochs without a better loss', () => {
    const losses = [3, 3, 3, 2, 2.5, 2.5, 2.5];
    expect(rates({ plateau: { patience: 2, factor: 0.1 } }, losses)).toEqual([
      0.1, 0.1, 0.1, 0.01, 0.01, 0.01, 0.001,
    ]);
  });

  test('a warm-up raises the rate step by step to the base rate, then the schedule begins', () => {
    const { rateOf, rateOfStep } = createSchedule('cosine', 0.1, 7, 2);
    const ofSteps = [1, 2].flatMap((epoch) => [1, 2].map((step) => rateOfStep!(epoch, step, 2)));
    for (const [i, rate] of ofSteps.entries()) expect(rate).toBeCloseTo(0.025 * (i + 1), 12);
    // 0.05 · (1 + cos(π k / 5)), k = 0 … 4
    expect([3, 4, 5, 6, 7].map(rateOf)).toEqual([0.1, 0.0904508, 0.0654508, 0.0345492, 0.00954915]);
    expect(rateOfStep!(4, 1, 2)).toBe(0.0904508);
  });
});
