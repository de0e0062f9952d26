import { createRandom } from '../../shared/platform/random.ts';
import { check } from './check.ts';
import { shifted, simulatedTable, type TableKind } from './tables.ts';

/** A cell of the grid: what is simulated, how large and how often. */
export interface Cell {
  readonly kind: TableKind;
  readonly reference: number;
  readonly current: number;
  readonly profiles: boolean;
  /** The profiles are those that bundles publish; default the full ones. */
  readonly published?: boolean;
  /** Of the first column, in standard deviations; 0 is no drift. */
  readonly shift: number;
  readonly repeats: number;
  /** Another draw of the same cell, for one that looked suspicious; default the first. */
  readonly series?: number;
}

/** Some of a cell's repeats, from one on. */
export interface Batch {
  readonly cell: Cell;
  readonly from: number;
  readonly repeats: number;
}

/** Counts of checks, which add up. */
export interface Found {
  readonly repeats: number;
  /** Checks whose verdict was drift, were one drifted column enough. */
  readonly alarms: number;
  /** What raised them; one check may count in several. */
  readonly columns: number;
  readonly prediction: number;
  readonly multivariate: number;
  /** Changes of structure. */
  readonly structural: number;
  /** Checks that called the first column drifted. */
  readonly first: number;
  /** Sum of the smallest shifts of the first column that the reports say they would see; null where one says none. */
  readonly detectable: number | null;
}

export const nothingFound: Found = {
  repeats: 0,
  alarms: 0,
  columns: 0,
  prediction: 0,
  multivariate: 0,
  structural: 0,
  first: 0,
  detectable: 0,
};

/** What two batches found together. */
export function together(a: Found, b: Found): Found {
  return {
    repeats: a.repeats + b.repeats,
    alarms: a.alarms + b.alarms,
    columns: a.columns + b.columns,
    prediction: a.prediction + b.prediction,
    multivariate: a.multivariate + b.multivariate,
    structural: a.structural + b.structural,
    first: a.first + b.first,
    detectable: a.detectable === null || b.detectable === null ? null : a.detectable + b.detectable,
  };
}

/** Simulates repeats of a cell. The same repeats give the same numbers, in whatever batches they come. */
export function simulate({ cell, from, repeats }: Batch): Found {
  const { kind, reference, current, profiles, published = false, shift, series } = cell;
  const name = [kind, reference, current, profiles, shift, ...(series === undefined ? [] : [series])];
  // A published profile is tried on the tables that the rows are tried on.
  const seed = createRandom(JSON.stringify(name.with(3, profiles && !published)));
  let found = nothingFound;
  for (let repeat = from; repeat < from + repeats; repeat++) {
    const random = seed.fork(String(repeat));
    const before = simulatedTable(kind, reference, random);
    const drawn = simulatedTable(kind, current, random);
    const after = shift === 0 ? drawn : shifted(drawn, 'x0', shift);
    const report = check(before, after, { random, settings: { seed: repeat, profiles, published } });
    found = together(found, {
      repeats: 1,
      alarms: Number(report.drift),
      columns: Number(report.columns.some(({ drifted }) => drifted)),
      prediction: Number(report.prediction?.drifted ?? false),
      multivariate: Number(report.multivariate?.drifted ?? false),
      structural: Number(report.structural),
      first: Number(report.columns[0]?.drifted ?? false),
      detectable: report.columns[0]?.['detectable-shift'] ?? null,
    });
  }
  return found;
}
