/**
 * Monthly checks of daily rows with a season and without change, by `monitor.reference: same-season` and by all rows: how often a
 * check alarms, at the declared rate of 5%; and how often it does where every column is up by one standard deviation of its noise.
 * Eight columns, each a yearly wave of twice its noise's deviation; the noise is independent, or an autoregression. Prints one JSON
 * object.
 *
 * usage: node benchmarks/drift-calibration/season.ts [--series 25] [--minutes 5]
 */
import { parseArgs } from 'node:util';
import { compareWithReference } from '../../actions/drift-check/comparison.ts';
import type { CurrentRows } from '../../actions/drift-check/rows/current-rows.ts';
import type { Reference } from '../../actions/drift-check/rows/reference.ts';
import { seasonalReference } from '../../actions/drift-check/rows/seasonal-reference.ts';
import { configSchema } from '../../shared/config/sections/schema.ts';
import { profileTable } from '../../shared/dataset/profile/profile.ts';
import { type Column, type Table, tableOf, takeRows } from '../../shared/dataset/table/table.ts';
import { createRandom, type Random } from '../../shared/platform/random.ts';
import { day } from '../../shared/platform/time-lengths.ts';
import { schemaOf } from './check.ts';
import { rateInterval } from './rate-interval.ts';

const { values } = parseArgs({
  options: { series: { type: 'string', default: '25' }, minutes: { type: 'string', default: 'Infinity' } },
});
const firstYear = 2015;

/** Daily rows from 2015 on, the last year's columns moved. */
function daily(years: number, { phi, moved }: { phi: number; moved: number }, random: Random): Table {
  const start = Date.UTC(firstYear, 0, 1);
  const days = Math.round((Date.UTC(firstYear + years, 0, 1) - start) / day);
  const last = Math.round((Date.UTC(firstYear + years - 1, 0, 1) - start) / day);
  const date: Column = {
    type: 'date',
    values: Float64Array.from({ length: days }, (_, i) => start + i * day),
  };
  const columns = Array.from({ length: 8 }, (_, c): [string, Column] => {
    let noise = random.normal();
    const series = Float64Array.from({ length: days }, (_, i) => {
      noise = phi * noise + Math.sqrt(1 - phi * phi) * random.normal();
      return 2 * Math.sin((2 * Math.PI * i) / 365.25 + c) + noise + (i >= last ? moved : 0);
    });
    return [`x${c}`, { type: 'number', values: series }];
  });
  return tableOf([['date', date], ...columns]);
}

function rowsBetween(table: Table, from: number, until: number): Uint32Array {
  const dates = table.columns.get('date');
  if (dates?.type !== 'date') throw new TypeError('dates are dates');
  return Uint32Array.from(dates.values.keys()).filter(
    (i) => dates.values[i]! >= from && dates.values[i]! < until,
  );
}

async function alarm(table: Table, year: number, month: number, reference: 'all' | 'same-season') {
  const config = configSchema.parse({
    task: 'regression',
    target: 'y',
    data: { source: { type: 'file', path: 'rows.csv' }, time: 'date' },
    monitor: { reference },
  });
  const before = takeRows(table, rowsBetween(table, 0, Date.UTC(year, 0, 1)));
  const rows = rowsBetween(table, Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1));
  const now = takeRows(table, rows);
  const times = table.columns.get('date');
  if (times?.type !== 'date') throw new TypeError('dates are dates');
  const schema = schemaOf(table);
  const whole: Reference = {
    schema,
    profile: profileTable(before, schema),
    window: { column: 'date', until: String(year - 1) },
    rows: { train: before, test: before, all: () => before, late: 0 },
  };
  const current: CurrentRows = {
    table: now,
    window: { rows, words: 'a month', newer: rows.length, untimed: 0 },
    time: 'date',
    arrived: { table, times, retyped: [], added: [], strays: [] },
  };
  const chosen = seasonalReference(whole, current, config);
  const options = { minRows: config.monitor['min-rows'], permutations: 1999 };
  const { report } = await compareWithReference(chosen.reference, current, { config, options });
  return {
    decided: report.outcome !== 'not-enough-data',
    used: chosen.season?.used ?? false,
    drift: report.drift,
  };
}

const end = performance.now() + 60_000 * Number(values.minutes);
const cells = [2, 4].flatMap((years) =>
  [0, 0.7].flatMap((phi) =>
    [0, 1].map((moved) => ({ years, phi, moved, checks: 0, season: 0, all: 0, used: 0 })),
  ),
);
for (let series = 0; series < Number(values.series); series++) {
  for (const cell of cells) {
    const random = createRandom(JSON.stringify(['season', cell.years, cell.phi, cell.moved])).fork(
      String(series),
    );
    const table = daily(cell.years, cell, random);
    for (let month = 0; month < 12 && performance.now() < end; month++) {
      const year = firstYear + cell.years - 1;
      const own = await alarm(table, year, month, 'same-season');
      if (!own.decided) continue;
      cell.checks++;
      cell.used += Number(own.used);
      cell.season += Number(own.drift);
      cell.all += Number((await alarm(table, year, month, 'all')).drift);
    }
  }
}

function rate(hits: number, of: number): string {
  const { low, high } = rateInterval(hits, of);
  const percent = (value: number): string => (100 * value).toFixed(1);
  return `${percent(hits / of)} (${percent(low)} to ${percent(high)})`;
}

console.log(
  JSON.stringify(
    cells.map(({ years, phi, moved, checks, used, season, all }) => ({
      ...{ years: years - 1, phi, moved, checks, used },
      ...{ season: rate(season, checks), all: rate(all, checks) },
    })),
    null,
    1,
  ),
);
