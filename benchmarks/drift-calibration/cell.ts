import { createRandom } from '../../shared/platform/random.ts';
import { check } from './check.ts';
import { shifted, simulatedTable, type TableKind } from './tables.ts';

/** A cell of the grid: what is simulated, how large and how often. */
export interface Cell {
  readonly kind: TableKind;
  readonly reference: number;
  readonly current: number;
  readonly profiles: boolean;
  /** Of the first column, in standard deviations; 0 is no drift. */
  readonly shift: number;
  readonly repeats: number;
}

export interface CellResult extends Cell {
  /** Checks whose verdict was drift, were one drifted column enough. */
  readonly alarms: number;
  /** What raised them; one check may count in several. */
  readonly by: { readonly columns: number; readonly prediction: number; readonly multivariate: number };
  /** Checks that called the first column drifted. */
  readonly first: number;
  /** Mean smallest shift of the first column that the reports say they would see. */
  readonly detectable: number | null;
}

/** Simulates a cell. The same cell gives the same numbers. */
export function simulate(cell: Cell): CellResult {
  const { kind, reference, current, profiles, shift, repeats } = cell;
  const seed = createRandom(JSON.stringify([kind, reference, current, profiles, shift]));
  const by = { columns: 0, prediction: 0, multivariate: 0 };
  let alarms = 0;
  let first = 0;
  let detectable = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const random = seed.fork(String(repeat));
    const before = simulatedTable(kind, reference, random);
    const drawn = simulatedTable(kind, current, random);
    const after = shift === 0 ? drawn : shifted(drawn, 'x0', shift);
    const report = check(before, after, { random, settings: { seed: repeat, profiles } });
    alarms += Number(report.drift);
    by.columns += Number(report.columns.some(({ drifted }) => drifted));
    by.prediction += Number(report.prediction?.drifted ?? false);
    by.multivariate += Number(report.multivariate?.drifted ?? false);
    first += Number(report.columns[0]?.drifted ?? false);
    detectable += report.columns[0]?.['detectable-shift'] ?? Number.NaN;
  }
  const mean = detectable / repeats;
  return { ...cell, alarms, by, first, detectable: Number.isNaN(mean) ? null : Number(mean.toPrecision(3)) };
}
