import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatProfile,
  mergeProfiles,
  type Profile,
  profileOver,
  profileSchema,
} from '../../dataset/profile/profile.ts';
import { tableOfRecords } from '../../dataset/schema/record.ts';
import type { Row } from '../../dataset/table/table.ts';
import { loadedModel } from '../served-model.ts';
import { car, carsModel } from '../testing/models.ts';
import { testServer } from '../testing/test-server.ts';
import { LiveProfile } from './live-profile.ts';

const model = loadedModel(carsModel());

/** Points of the reference, values between and beyond them, and missing ones. */
const row: fc.Arbitrary<Row> = fc.record({
  power: fc.option(fc.oneof(fc.integer({ min: 1, max: 500 }), fc.constantFrom(...pointsOf('power')))),
  origin: fc.option(fc.constantFrom('USA', 'Japan', 'Mars', 'Venus', '')),
  turbo: fc.option(fc.boolean()),
  sold: fc.option(fc.constantFrom(...pointsOf('sold'), Date.UTC(2030, 0, 1))),
  weight: fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(...pointsOf('weight')),
  ),
});

function pointsOf(name: string): number[] {
  const column = model.profile.columns.find((one) => one.name === name);
  return column?.type === 'number' || column?.type === 'date' ? column.points.slice(0, 20) : [];
}

function live(rows: readonly Row[]): Profile {
  const profile = new LiveProfile(model, 0);
  for (const one of rows) profile.add([one]);
  return profile.profile();
}

/** Without means and spreads, which depend on the order of adding by a rounding. */
function counts(profile: Profile): unknown {
  return profile.columns.map((column) =>
    'moments' in column ? { ...column, moments: { ...column.moments, mean: 0, m2: 0 } } : column,
  );
}

describe('the live profile', () => {
  test('counts as the profile of a table of the same rows does', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const expected = profileOver(model.profile, tableOfRecords(model.schema, rows));
        const found = live(rows);
        expect(found.rows).toBe(rows.length);
        expect(counts(found)).toEqual(counts(expected));
      }),
    );
  });

  test('adds up with others, and is read back from its text', () => {
    const day = Array.from(
      { length: 700 },
      (_, i): Row => ({ ...car, power: i % 450, sold: i * 864e5, weight: 2000 + i }),
    );
    const sum = mergeProfiles(live(day.slice(0, 300)), live(day.slice(300)));
    expect(counts(sum)).toEqual(counts(live(day)));
    expect(profileSchema.parse(JSON.parse(formatProfile(live(day))))).toEqual(live(day));
    const [power] = live(day).columns;
    if (power?.type !== 'number') throw new TypeError('power is a number');
    const mean = day.reduce((total, { power: value }) => total + Number(value), 0) / day.length;
    expect(power.moments.mean).toBeCloseTo(mean, 9);
  });

  test('keeps of categories that were never seen no more than a bound, however many and long they are', () => {
    const profile = new LiveProfile(model, 0);
    for (let i = 0; i < 5000; i++) profile.add([{ ...car, sold: 0, origin: `${i} ${'x'.repeat(5000)}` }]);
    const origin = profile.profile().columns.find(({ name }) => name === 'origin');
    if (origin?.type !== 'category') throw new TypeError('origin is a category');
    expect(origin.others).toMatchObject({ rows: 5000, complete: false });
    expect(formatProfile(profile.profile()).length).toBeLessThan(200_000);
  });

  test('is served whole, with version, digest and since when', async () => {
    await using server = await testServer();
    await server.post('/predict', [car, { ...car, power: null, origin: 'Mars' }]);
    const { status, text, headers } = await server.get('/profile');
    expect(status).toBe(200);
    const profile = profileSchema.parse(JSON.parse(text));
    expect(profile.rows).toBe(2);
    expect(mergeProfiles(profile, profile).rows).toBe(4);
    expect(profile.columns.find(({ name }) => name === 'power')!.missing).toBe(1);
    expect(profile.columns.find(({ name }) => name === 'target')!.found).toBe('absent');
    expect(headers.get('x-ciclo-version')).toBe('v1.2.0');
    expect(headers.get('x-ciclo-since')).toBe('2026-11-25T00:00:00.000Z');
  });
});
