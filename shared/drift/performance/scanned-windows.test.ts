import { describe, expect, test } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { scannedWindows } from './scanned-windows.ts';

const yearly = (rows: number, perYear: number) => ({
  type: 'number' as const,
  values: Float64Array.from({ length: rows }, (_, row) => 2000 + Math.floor(row / perYear)),
});

describe('the windows of a scan', () => {
  test('end with the newest row, and keep rows of equal time together', () => {
    const windows = scannedWindows(300, yearly(300, 60), 30);
    expect(windows.map(({ rows, from }) => [rows.length, from])).toEqual([
      [300, undefined],
      [240, 2001],
      [180, 2002],
      [120, 2003],
      [60, 2004],
    ]);
  });

  test('go by the event time, in whatever order rows are', () => {
    const shuffled = createRandom('order').shuffle(Float64Array.from({ length: 400 }, (_, i) => i));
    for (const { rows, from } of scannedWindows(400, { type: 'number', values: shuffled }, 30)) {
      const times = Array.from(rows, (row) => shuffled[row]!);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(times.at(-1)).toBe(399);
      expect(rows).toHaveLength(400 - (from ?? 0));
    }
  });

  test('have at least 80% of the rows after any change point, and no others', () => {
    const times = { type: 'number' as const, values: Float64Array.from({ length: 1000 }, (_, i) => i) };
    const lengths = scannedWindows(1000, times, 30).map(({ rows }) => rows.length);
    for (let after = 38; after <= 1000; after++) {
      const longest = Math.max(...lengths.filter((length) => length <= after));
      // Lengths are whole.
      expect(longest).toBeGreaterThanOrEqual(Math.floor(0.8 * after));
    }
  });

  test('are all rows where nobody knows the order, and none of too few', () => {
    expect(scannedWindows(50, undefined, 30).map(({ rows }) => rows.length)).toEqual([50]);
    expect(scannedWindows(29, yearly(29, 1), 30)).toEqual([]);
  });

  test('take rows without a time for the oldest, and never begin among them', () => {
    const values = Float64Array.from({ length: 100 }, (_, row) => (row < 60 ? Number.NaN : row));
    const windows = scannedWindows(100, { type: 'date', values }, 30);
    expect(windows[0]!.rows).toHaveLength(100);
    for (const { rows, from } of windows.slice(1)) {
      expect(from).toBeGreaterThanOrEqual(60);
      expect(rows.length).toBeLessThanOrEqual(40);
    }
  });
});
