import { describe, expect, test } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { confidenceOf, scanWidth } from './scan-width.ts';

describe('how far an interval of the scan reaches', () => {
  test.each([
    // scipy.optimize.brentq of k φ(k) with scipy.stats.norm.
    [{ alpha: 0.05 / 6, reference: 180, fewest: 30, rows: 180, seen: 180 }, 3.601932365],
    [{ alpha: 0.05 / 6, reference: 180, fewest: 30, rows: 180, seen: 360 }, 3.9941489187],
    [{ alpha: 0.05 / 6, reference: 60, fewest: 30, rows: 30, seen: 300 }, 4.6834762785],
    [{ alpha: 1 / 3, reference: 180, fewest: 30, rows: 180, seen: 360 }, 2.8051200123],
    [{ alpha: 0.05, reference: 5000, fewest: 30, rows: 1000, seen: 4000 }, 4.0954185625],
    [{ alpha: 0.001, reference: 400, fewest: 50, rows: 60, seen: 6000 }, 6.0713484327],
  ])('is what scipy says: %j', (place, width) => {
    expect(scanWidth(place)).toBeCloseTo(width, 8);
  });

  test('is never shorter than a single look at 95%, one-sided', () => {
    expect(scanWidth({ alpha: 0.9, reference: 30, fewest: 30, rows: 30, seen: 30 })).toBe(1.645);
  });

  test('is told as a confidence', () => {
    // scipy.stats.norm.cdf(3.3) * 2 - 1
    expect(confidenceOf(3.3)).toBeCloseTo(0.9990331517152324, 12);
  });

  test.each([60, 1000])(
    'holds alpha over a life of 1,000 rows looked at all the time, %i reference rows',
    (reference) => {
      const random = createRandom(`life ${reference}`);
      const [alpha, fewest, rows, lives] = [0.1, 30, 1000, 400];
      const lengths = Array.from({ length: 16 }, (_, i) => Math.round(fewest * 1.25 ** i));
      const widths = lengths.map((length) =>
        Float64Array.from({ length: rows + 1 }, (_, seen) =>
          scanWidth({ alpha, reference, fewest, rows: length, seen }),
        ),
      );
      let alarms = 0;
      for (let life = 0; life < lives; life++) {
        const fixed = random.normal() / Math.sqrt(reference);
        const sums = new Float64Array(rows + 1);
        for (let n = 1; n <= rows; n++) sums[n] = sums[n - 1]! + random.normal();
        const alarmed = lengths.some((length, i) => {
          const error = Math.sqrt(1 / length + 1 / reference);
          for (let n = length; n <= rows; n++) {
            if ((sums[n]! - sums[n - length]!) / length - fixed > widths[i]![n]! * error) return true;
          }
          return false;
        });
        if (alarmed) alarms++;
      }
      // Of 40 expected at the most, 58 come once in 500 times; a scan that spent nearly nothing would have none.
      expect(alarms).toBeLessThan(58);
      expect(alarms).toBeGreaterThan(8);
    },
  );
});
