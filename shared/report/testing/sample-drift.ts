import { profileOver, profileTable } from '../../dataset/profile/profile.ts';
import { type Column, type Table, tableOf } from '../../dataset/table/table.ts';
import { categories, dates, numbers, schemaOf } from '../../dataset/testing/dataset-builders.ts';
import { compareTables } from '../../drift/drift.ts';
import type { HistoryLine } from '../../drift/history/history-line.ts';
import { type MonitorReport, monitorReportSchema } from '../../drift/history/monitor-report.ts';
import type { Performance } from '../../drift/performance/performance-report.ts';
import type { DriftReport } from '../../drift/report/drift-report.ts';
import type { DriftOptions } from '../../drift/verdict/drift-options.ts';
import { createRandom, type Random } from '../../platform/random.ts';

/** Texts that would do harm if a renderer let them through. */
export const hostile = '<img src=x onerror=alert(1)> @octocat | [x](https://evil.example) `a` #1 **b**';

/** A report of two tables, made by the comparison itself. */
function comparedTables(
  reference: Record<string, Column>,
  current: Record<string, Column>,
  options: DriftOptions & { readonly importance?: Record<string, number> } = {},
): DriftReport {
  const { importance, ...rest } = options;
  const [before, now] = [tableOf(Object.entries(reference)), tableOf(Object.entries(current))];
  const profile = profileTable(before, schemaOf(before));
  return compareTables(
    {
      reference: profile,
      current: profileOver(profile, now),
      tables: { reference: before, current: now },
      ...(importance ? { importance } : {}),
      multivariate: now.rows >= 30 && before.rows <= 400,
    },
    { permutations: 999, checksPerYear: 52, ...rest },
  );
}

/** A check by a release of former times, of whose ten real-valued features eight have no point left. */
export function undecidedReport(): DriftReport {
  const random = createRandom('undecided');
  const names = Array.from({ length: 10 }, (_, i) => `x${i}`);
  const draw = (rows: number): Table =>
    tableOf(
      names.map((name) => [name, numbers(Array.from({ length: rows }, () => random.normal()))] as const),
    );
  const [before, now] = [draw(300), draw(120)];
  const reference = profileTable(before, schemaOf(before), { minCount: 5 });
  const columns = reference.columns.map((column, i) =>
    i < 8 && column.type === 'number'
      ? { ...column, support: 'values' as const, points: [], at: [], between: [before.rows] }
      : column,
  );
  const former = { ...reference, columns };
  return compareTables({ reference: former, current: profileOver(former, now) }, { checksPerYear: 52 });
}

interface Cars {
  readonly rows: number;
  /** How far the years have moved on, 0 to 1. */
  readonly drift: number;
}

function cars({ rows, drift }: Cars, random: Random): Record<string, Column> {
  const draw = <T>(make: () => T): T[] => Array.from({ length: rows }, make);
  const origin = () => {
    const u = random.next();
    if (drift > 0.5 && u > 0.94) return 'Korea';
    return u < 0.62 - 0.25 * drift ? 'USA' : u < 0.8 ? 'Japan' : 'Europe';
  };
  return {
    weight: numbers(draw(() => Math.round(3000 - 550 * drift + 520 * random.normal()))),
    horsepower: numbers(
      draw(() => (random.next() < 0.02 ? null : Math.round(104 - 22 * drift + 25 * random.normal()))),
    ),
    displacement: numbers(draw(() => Math.round(195 - 30 * drift + 70 * random.normal()))),
    acceleration: numbers(draw(() => 15.5 + 2.7 * random.normal())),
    cylinders: numbers(draw(() => [4, 4, 4, 6, 8][random.integer(5)]!)),
    origin: categories(draw(origin)),
    registered: dates(draw(() => `1976-0${1 + random.integer(9)}-1${random.integer(9)}`)),
    country: categories(draw(() => 'US')),
  };
}

/** A performance that was measured, worse than allowed. */
export function samplePerformance(overrides: Partial<Performance> = {}): Performance {
  return {
    outcome: 'measured',
    metric: 'rmse',
    better: 'lower',
    method: 'labels',
    rows: { reference: 79, current: 118, unlabelled: 14 },
    reference: { value: 2.87, low: 2.46, high: 3.31 },
    current: { value: 3.92, low: 3.41, high: 4.5 },
    worse: { value: 1.05, low: 0.41, high: 1.72 },
    'worse-relative': { value: 0.366, low: 0.143, high: 0.599 },
    limit: 0.287,
    confidence: 0.95,
    degraded: true,
    suspected: false,
    periods: [
      { period: '1976', rows: 34, value: 2.95, low: 2.3, high: 3.7 },
      { period: '1977', rows: 28, value: 3.4, low: 2.6, high: 4.3 },
      { period: '1978', rows: 36, value: 4.1, low: 3.3, high: 5 },
      { period: '1979', rows: 20, value: 4.8, low: 3.6, high: 6.1 },
    ],
    reasons: ['rmse got worse by at least 0.41 mpg, alarm threshold 0.287 mpg'],
    ...overrides,
  };
}

/** The check of a pipeline whose cars got lighter. */
export function sampleMonitor(overrides: Partial<MonitorReport> = {}): MonitorReport {
  const random = createRandom('cars');
  const report = comparedTables(
    cars({ rows: 320, drift: 0 }, random),
    cars({ rows: 132, drift: 1 }, random),
    {
      importance: {
        weight: 3.2,
        horsepower: 0.9,
        displacement: 0.4,
        origin: 0.23,
        cylinders: 0.12,
        acceleration: 0.1,
      },
      performance: 0.01,
    },
  );
  return monitorReportSchema.parse({
    ...report,
    pipeline: 'fuel',
    target: 'mpg',
    unit: 'mpg',
    production: { version: 'v1.2.0', tag: 'fuel@v1.2.0', model: '5b0e1f0c' },
    window: { column: 'year', after: '1975', until: '1979', words: 'rows with year after 1975', late: 3 },
    check: 1,
    performance: samplePerformance(),
    segments: [
      {
        column: 'origin',
        label: 'Japan',
        rows: { reference: 58, current: 57 },
        share: { reference: 0.18, current: 0.43 },
        metric: { value: 4.4, low: 3.6, high: 5.2 },
        worse: { value: 1.3, low: 0.5, high: 2.1 },
        reason: 'its share grew from 18% to 43%, and rmse is worse by 1.3',
      },
    ],
    ...overrides,
  });
}

/** A check after the other: nothing, minor drift, drift, a new version. */
export function sampleHistory(
  checks = 12,
  columns: readonly string[] = ['weight', 'horsepower', 'origin', 'acceleration'],
): HistoryLine[] {
  const random = createRandom('history');
  return Array.from({ length: checks }, (_, i) => {
    const drifting = i > checks / 3 && i < checks * 0.7;
    const value = 2.8 + (drifting ? (i - checks / 3) * 0.25 : 0) + 0.2 * random.next();
    return {
      version: 1,
      time: `2026-${String(1 + Math.floor(i / 4)).padStart(2, '0')}-${String(1 + (i % 4) * 7).padStart(2, '0')}T04:00:00Z`,
      pipeline: 'fuel',
      model: i < checks * 0.7 ? 'v1.2.0' : 'v1.3.0',
      window: { after: '1975', until: '1976' },
      rows: 30 + random.integer(20),
      outcome: drifting ? 'drift' : 'no-drift',
      severity: drifting ? 'major' : 'none',
      share: drifting ? 0.6 : 0,
      columns: columns.map((name, c) => ({
        name,
        drifted: drifting && c < 2,
        effect: (drifting && c < 2 ? 4 : 0.4) + 2 * random.next(),
        adjustedP: 0.2,
      })),
      performance: {
        metric: 'rmse',
        kind: i % 4 === 3 ? 'estimated' : 'measured',
        value,
        low: value - 0.4,
        high: value + 0.4,
        reference: 2.87,
        degraded: value > 3.4,
      },
      ...(i === Math.floor(checks * 0.65)
        ? { action: { kind: 'pull-request', number: 12, reason: '#12 opened: Retrain fuel' } as const }
        : {}),
    };
  });
}

/** Drift reports that together show every part of the page. */
export function sampleDriftInputs() {
  const random = createRandom('inputs');
  const monitor = sampleMonitor();
  const steady = comparedTables(cars({ rows: 320, drift: 0 }, random), cars({ rows: 132, drift: 0 }, random));
  const few = comparedTables(cars({ rows: 320, drift: 0 }, random), cars({ rows: 12, drift: 0 }, random));
  const columns = Array.from({ length: 65 }, (_, i) => (i === 3 ? hostile : `feature number ${i}`));
  const wide = (drift: number, rows: number) =>
    Object.fromEntries(
      columns.map((name, i) => [
        name,
        i % 3 === 0
          ? categories(
              Array.from({ length: rows }, () =>
                random.next() < drift ? hostile : `c${random.integer(30)}`,
              ),
            )
          : numbers(Array.from({ length: rows }, () => random.normal() + (i % 7 === 0 ? drift : 0))),
      ]),
    );
  return {
    monitor: {
      report: {
        ...monitor,
        prediction: { ...monitor.columns[0]!, name: 'prediction', role: 'prediction' as const },
      },
      history: sampleHistory(),
    },
    steady: { report: steady },
    few: { report: few },
    wide: {
      report: comparedTables(wide(0, 400), wide(0.6, 300), { checksPerYear: 365 }),
      history: sampleHistory(60, columns),
    },
    estimated: {
      report: sampleMonitor({
        performance: samplePerformance({
          outcome: 'estimated',
          method: 'error-model',
          degraded: false,
          suspected: true,
          reasons: ['no row has a label yet'],
        }),
      }),
    },
    nothing: { report: comparedTables({}, {}) },
    undecided: { report: undecidedReport() },
  };
}
