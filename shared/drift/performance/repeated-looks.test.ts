import { describe, expect, test } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { repeatedConfidence, repeatedWidth } from './repeated-looks.ts';

describe('intervals for repeated looks', () => {
  test.each([
    // scipy.optimize.brentq of the formula with scipy.stats.norm.
    [0.05 / 6, 60, 30, 3.0441505912],
    [0.05 / 6, 400, 30, 3.2829893361],
    [0.05 / 6, 10_000, 30, 3.5116466961],
    [0.05, 400, 30, 2.604460519],
    [0.001, 1000, 50, 3.9503760375],
  ])(
    'of alpha %d, %i test rows, from %i labelled ones on are as long as scipy says',
    (alpha, reference, fewest, width) => {
      expect(repeatedWidth({ alpha, reference, fewest })).toBeCloseTo(width, 8);
    },
  );

  test('are never shorter than two standard errors', () => {
    const looks = { alpha: 0.4, reference: 100, fewest: 30 };
    expect(repeatedWidth(looks)).toBe(2);
    // scipy.stats.norm.cdf(2) - scipy.stats.norm.cdf(-2)
    expect(repeatedConfidence(looks)).toBeCloseTo(0.954499736104, 12);
  });

  test.each([
    [0.05, 60],
    [0.05, 400],
    [0.02, 5000],
  ])(
    'hold alpha %d with %i test rows however often one looks, and waste little of it',
    (alpha, reference) => {
      const random = createRandom(`looks ${reference}`);
      const fewest = 30;
      const width = repeatedWidth({ alpha, reference, fewest });
      const runs = 8000;
      let alarms = 0;
      for (let run = 0; run < runs; run++) {
        const fixed = random.normal() / Math.sqrt(reference);
        let rows = fewest;
        let sum = Math.sqrt(rows) * random.normal();
        // A look whenever the rows have grown by two per cent: nearly all the time.
        while (rows < 100 * reference) {
          if (sum / rows - fixed > width * Math.sqrt(1 / rows + 1 / reference)) {
            alarms++;
            break;
          }
          sum += Math.sqrt(0.02 * rows) * random.normal();
          rows *= 1.02;
        }
      }
      expect(alarms / runs).toBeLessThan(alpha + 3 * Math.sqrt(alpha / runs));
      expect(alarms / runs).toBeGreaterThan(0.6 * alpha);
    },
  );
});
