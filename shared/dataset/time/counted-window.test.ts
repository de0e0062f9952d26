import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WindowConfig } from '../../config/sections/monitor-section.ts';
import { countedWindow, type TimeBounds } from './counted-window.ts';
import { monitorWindow } from './monitor-window.ts';

const base = { 'after-lock': true, again: false } as const;
const day = 86_400_000;

/** What an engine answers. */
const counts =
  (values: Float64Array) =>
  async ({ after, until }: TimeBounds) => {
    const all = after === Number.NEGATIVE_INFINITY && until === Number.POSITIVE_INFINITY;
    const inside = values.filter((time) => time > after && time <= until);
    return {
      count: inside.length,
      missing: all ? values.filter(Number.isNaN).length : 0,
      min: inside.length > 0 ? Math.min(...inside) : null,
      max: inside.length > 0 ? Math.max(...inside) : null,
    };
  };

describe('a window of rows that are counted', () => {
  test('is the window of the rows', async () => {
    const windows = fc.constantFrom<Partial<WindowConfig>>(
      ...[
        {},
        { last: { milliseconds: 3 * day } },
        { calendar: 'day' as const },
        { calendar: 'week' as const },
      ],
      ...[{ calendar: 'month' as const }, { calendar: 'year' as const }],
    );
    const time = fc.integer({ min: Date.UTC(2025, 10, 1), max: Date.UTC(2026, 2, 1) });
    const times = fc.array(fc.oneof({ weight: 5, arbitrary: time }, fc.constant(Number.NaN)), {
      maxLength: 40,
    });
    const ends = fc.subarray(['2025-12', '2025-12-24', '2026-01-15T12:00:00Z', '2030']);
    await fc.assert(
      fc.asyncProperty(times, ends, windows, async (given, ended, part) => {
        const values = Float64Array.from(given);
        const bounds = { ended, window: { ...base, ...part } as WindowConfig };
        const { rows, ...expected } = monitorWindow({ type: 'date', values }, 'at', bounds);
        const found = await countedWindow(counts(values), { type: 'date', name: 'at' }, bounds);
        expect(found.count).toBe(rows.length);
        const inside = (value: number): boolean =>
          found.bounds !== undefined && value > found.bounds.after && value <= found.bounds.until;
        expect([...values.keys()].filter((row) => inside(values[row]!))).toEqual([...rows]);
        // Rows without any newer one have no span either.
        if (rows.length > 0) expect(found.window).toEqual(expected);
        else expect(found.window).toMatchObject({ newer: expected.newer, untimed: expected.untimed });
      }),
    );
  });

  test('of numbers is told in their unit', async () => {
    const values = Float64Array.of(1970, 1971, 1975, 1976, Number.NaN);
    const bounds = { ended: ['1970'], window: { ...base, last: { units: 2 } } as WindowConfig };
    expect(await countedWindow(counts(values), { type: 'number', name: 'year' }, bounds)).toEqual({
      bounds: { after: 1974, until: 1976 },
      count: 2,
      window: {
        untimed: 1,
        newer: 3,
        after: '1970',
        until: '1976',
        words: 'rows of the last 2 with year after 1970 up to 1976',
      },
    });
  });

  test('refuses a calendar where the event time is a number', async () => {
    const bounds = { ended: [], window: { ...base, calendar: 'week' } as WindowConfig };
    await expect(
      countedWindow(counts(new Float64Array(0)), { type: 'number', name: 'year' }, bounds),
    ).rejects.toThrow('monitor.window.calendar is week, but the event time year is a number');
  });
});
