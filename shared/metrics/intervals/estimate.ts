import type { MetricLimits } from '../descriptors/descriptor.ts';
import type { MetricValue } from '../metric/metric-value.ts';
import type { Basis, Part } from './basis.ts';
import type { GroupSpread } from './grouped-rows.ts';

/** A quantity with all that an interval is computed from. */
export interface Estimate {
  /** On the rows themselves. */
  readonly value: MetricValue;
  /** By resample; NaN where it is undefined. Estimates of one bootstrap are paired: equal index, equal rows drawn. */
  readonly replicates: Float64Array;
  /** With a group of rows left out, by group; empty when no method needs it. NaN where it is undefined. */
  readonly jackknife: Float64Array;
  /** Where its interval goes by the metric: what that is made from, instead of replicates. */
  readonly basis?: Basis | undefined;
  /** Why it has no interval, by no method. */
  readonly refused?: string | undefined;
  /** Where rows lie in groups and the interval takes them for independent: by how much it is too short. */
  readonly spread?: GroupSpread | undefined;
  /** A metric's own, which no longer interval may leave; absent of what is made of several. */
  readonly limits?: MetricLimits | undefined;
  /** By what its interval is lengthened; default 1. */
  readonly lengthened?: number | undefined;
}

/** The same with a longer interval, as of models that were fitted on each other's rows (out-of-fold-factor.ts). */
export function lengthened(a: Estimate, factor: number): Estimate {
  return factor === 1 ? a : { ...a, lengthened: Math.max(factor, a.lengthened ?? 1) };
}

/** A known number as an estimate: what does not change with the rows drawn. */
export function certainEstimate(value: number, like: Estimate): Estimate {
  return {
    value: { value },
    replicates: new Float64Array(like.replicates.length).fill(value),
    jackknife: new Float64Array(like.jackknife.length).fill(value),
    ...(like.basis ? { basis: { ...like.basis, parts: [], of: () => value } } : {}),
    ...(like.spread ? { spread: mapSpread(like.spread, () => value) } : {}),
  };
}

/** A function of one estimate; one that turns, turns at zero. */
export function mapEstimate(a: Estimate, of: (a: number) => number): Estimate {
  const { basis, spread } = a;
  return {
    ...a,
    limits: undefined,
    ...(spread ? { spread: mapSpread(spread, of) } : {}),
    value: 'value' in a.value ? { value: of(a.value.value) } : a.value,
    replicates: a.replicates.map(of),
    jackknife: a.jackknife.map(of),
    ...(basis ? { basis: { ...basis, of: (values) => of(basis.of(values)) } } : {}),
  };
}

/** A function of two estimates of the same rows, draw by draw, so that what they share cancels. */
export function combineEstimates(a: Estimate, b: Estimate, of: (a: number, b: number) => number): Estimate {
  const refused = a.refused ?? b.refused;
  const factor = Math.max(a.lengthened ?? 1, b.lengthened ?? 1);
  return {
    value: combineValues(a.value, b.value, of),
    replicates: a.replicates.map((value, i) => of(value, b.replicates[i]!)),
    jackknife: a.jackknife.map((value, i) => of(value, b.jackknife[i]!)),
    ...(a.basis && b.basis ? { basis: combineBases(a.basis, b.basis, of) } : {}),
    ...(a.spread && b.spread ? { spread: combineSpreads(a.spread, b.spread, of) } : {}),
    ...(refused === undefined ? {} : { refused }),
    ...(factor === 1 ? {} : { lengthened: factor }),
  };
}

function mapSpread(a: GroupSpread, of: (a: number) => number): GroupSpread {
  return { ...a, byRow: a.byRow.map(of), byGroup: a.byGroup.map(of) };
}

function combineSpreads(a: GroupSpread, b: GroupSpread, of: (a: number, b: number) => number): GroupSpread {
  return {
    sizes: a.sizes,
    byRow: a.byRow.map((value, i) => of(value, b.byRow[i]!)),
    byGroup: a.byGroup.map((value, i) => of(value, b.byGroup[i]!)),
  };
}

function combineValues(a: MetricValue, b: MetricValue, of: (a: number, b: number) => number): MetricValue {
  if (!('value' in a)) return a;
  if (!('value' in b)) return b;
  return { value: of(a.value, b.value) };
}

/** What both are made from, each metric once. */
function combineBases(a: Basis, b: Basis, of: (a: number, b: number) => number): Basis {
  const parts = [...new Set<Part>([...a.parts, ...b.parts])];
  const [ofA, ofB] = [a, b].map((basis) => {
    const places = basis.parts.map((part) => parts.indexOf(part));
    return (values: readonly number[]) => basis.of(places.map((place) => values[place]!));
  });
  return { ...a, parts, of: (values) => of(ofA!(values), ofB!(values)) };
}
