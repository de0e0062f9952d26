import { describe, expect, it } from 'vitest';
import { profileOver, profileTable } from '../dataset/profile/profile.ts';
import type { NumberProfile, Profile } from '../dataset/profile/profile-schema.ts';
import { type Column, type Table, tableOf } from '../dataset/table/table.ts';
import { categories, numbers, schemaOf } from '../dataset/testing/dataset-builders.ts';
import { createRandom, type Random } from '../platform/random.ts';
import { compareTables } from './drift.ts';
import type { DriftInput } from './drift-input.ts';
import { type DriftReport, driftReportSchema } from './report/drift-report.ts';

const names = Array.from({ length: 12 }, (_, i) => `x${i}`);

/** Twelve normal features; one of them, or none, is moved by some standard deviations. */
function normals(rows: number, random: Random, moved: Record<string, number> = {}): Table {
  return tableOf(
    names.map((name): [string, Column] => {
      const values = Array.from({ length: rows }, () => random.normal() + (moved[name] ?? 0));
      return [name, numbers(values)];
    }),
  );
}

function publish(table: Table): Profile {
  return profileTable(table, schemaOf(table), { minCount: 5 });
}

function compared(reference: Profile, current: Table, input: Partial<DriftInput> = {}): DriftReport {
  const report = compareTables({ reference, current: profileOver(reference, current), ...input });
  return driftReportSchema.parse(JSON.parse(JSON.stringify(report)));
}

/** A profile as bundles had it before: of real values no point is left. */
function former(profile: Profile, names: readonly string[]): Profile {
  const columns = profile.columns.map((column) => {
    if (column.type !== 'number' || !names.includes(column.name)) return column;
    const emptied: NumberProfile = {
      ...column,
      support: 'values',
      points: [],
      at: [],
      between: [profile.rows],
    };
    return emptied;
  });
  return { ...profile, columns };
}

describe('a comparison by a published profile alone', () => {
  it('finds one of twelve normal features that moved by seven deviations, and how far', () => {
    const random = createRandom('seven');
    const reference = publish(normals(600, random));
    const report = compared(reference, normals(200, random, { x3: 7 }));
    expect(report.columns.filter(({ drifted }) => drifted).map(({ name }) => name)).toEqual(['x3']);
    const { statistics } = report.columns[3]!;
    expect(statistics['wasserstein-normalised']!.value).toBeGreaterThan(6.5);
    expect(statistics['wasserstein-normalised']!.value).toBeLessThan(7.5);
    expect(statistics.ks!.value).toBeGreaterThan(0.95);
    // All rows in the last of ten bins: the square root of (0.9 + 0.1 log2(0.1 / 0.55) - log2(0.55)) / 2.
    expect(statistics['jensen-shannon-distance']!.value).toBeCloseTo(0.871, 3);
    const all = Object.fromEntries(names.map((name) => [name, 7]));
    expect(compared(reference, normals(200, random, all))).toMatchObject({ outcome: 'drift', drift: true });
  });

  it('finds no drift in fresh draws, and states nearly the shift that rows would show', () => {
    const random = createRandom('fresh');
    const table = normals(600, random);
    const current = normals(300, random);
    const byProfile = compared(publish(table), current);
    const full = profileTable(table, schemaOf(table));
    const byRows = compareTables({
      reference: full,
      current: profileOver(full, current),
      tables: { reference: table, current },
      multivariate: false,
    });
    expect(byProfile).toMatchObject({ outcome: 'no-drift', severity: 'none', headline: 'No drift' });
    byProfile.columns.forEach((column, i) => {
      const rows = byRows.columns[i]!;
      expect(column.outcome).toBe('compared');
      expect(column.statistics.ks!.value).toBeLessThanOrEqual(rows.statistics.ks!.value! + 1e-12);
      expect(column['detectable-shift']! / rows['detectable-shift']!).toBeGreaterThan(0.9);
      expect(column['detectable-shift']! / rows['detectable-shift']!).toBeLessThan(1.15);
      const stated = /right to about ([\d.]+) standard deviations/.exec(column.reasons.join(' '))!;
      const off =
        column.statistics['wasserstein-normalised']!.value! -
        rows.statistics['wasserstein-normalised']!.value!;
      expect(Math.abs(off)).toBeLessThan(Number(stated[1]));
    });
  });

  it('finds predictions that moved', () => {
    const random = createRandom('predictions');
    const table = normals(600, random);
    const predicted = publish(normals(300, random));
    const prediction = {
      reference: predicted.columns[0]!,
      current: profileOver(predicted, normals(200, random, { x0: 1 })).columns[0]!,
    };
    const report = compared(publish(table), normals(200, random), { prediction });
    expect(report).toMatchObject({ drift: true, prediction: { drifted: true } });
  });

  it('alarms no more often than declared where nothing has changed', () => {
    const random = createRandom('quiet');
    // Binomial: 120 checks at 5 % alarm 15 times or more in one of 1,000 such runs.
    let alarms = 0;
    for (let check = 0; check < 120; check++) {
      const reference = publish(normals(80, random));
      const report = compareTables(
        { reference, current: profileOver(reference, normals(60, random)) },
        { share: 1e-6, permutations: 99 },
      );
      alarms += Number(report.drift);
    }
    expect(alarms).toBeLessThanOrEqual(14);
  }, 60_000);
});

describe('columns that the reference shows too little of', () => {
  const random = createRandom('former');
  const table = normals(600, random);
  const current = normals(200, random, { x1: 7 });

  it('leave the check undecided when they carry the model, by name', () => {
    const reference = former(publish(table), names.slice(0, 10));
    const report = compared(reference, normals(200, random, { x0: 7 }));
    expect(report).toMatchObject({ outcome: 'not-decided', drift: false, severity: 'none' });
    expect(report.headline).toBe(
      'Not decided: x0, x1, x2, x3, x4 and 5 more cannot be compared: 83% of feature importance',
    );
    expect(report.reasons).toContain(
      'x0, x1, x2, x3, x4, x5, x6, x7, x8, x9 cannot be compared: 83% of feature importance',
    );
    expect(report.share['cannot-be-compared']).toBeCloseTo(10 / 12, 12);
    expect(report.columns[0]).toMatchObject({ outcome: 'cannot-be-compared', drifted: false, tests: [] });
  });

  it('count by what they are to the model', () => {
    const reference = former(publish(table), ['x1']);
    expect(compared(reference, current, { importance: { x0: 0.49, x1: 0.51 } }).outcome).toBe('not-decided');
    const light = compared(reference, current, { importance: { x0: 0.51, x1: 0.49 } });
    expect(light.outcome).toBe('no-drift');
    expect(light.headline).toBe('No drift; x1 cannot be compared');
  });

  it('do not hide what drifted elsewhere, nor their own missing values', () => {
    const reference = former(publish(table), names.slice(0, 10));
    const moved = Object.fromEntries(names.slice(8).map((name) => [name, 7]));
    const some = compared(reference, normals(200, random, moved), { importance: { x0: 0.6, x11: 0.4 } });
    expect(some).toMatchObject({ outcome: 'drift', drift: true });
    expect(some.reasons.join()).toContain('x0, x1');
    const gone = tableOf([...current.columns].map(([name]) => [name, numbers(new Array(200).fill(null))]));
    expect(compared(reference, gone).drift).toBe(true);
  });

  it('are compared where the rows themselves are at hand', () => {
    const reference = former(publish(table), names);
    const report = compared(reference, current, { tables: { reference: table, current } });
    expect(report.columns[1]).toMatchObject({ outcome: 'compared', drifted: true });
  });

  it('may be categories, when profiles name too few in common', () => {
    const texts = (of: number): Table =>
      tableOf([['c', categories(Array.from({ length: 300 }, () => `c${random.integer(of)}`))]]);
    const report = compared(publish(texts(1e6)), texts(1e6));
    expect(report).toMatchObject({ outcome: 'not-decided' });
    expect(report.headline).toBe('Not decided: c cannot be compared: 100% of feature importance');
  });
});
