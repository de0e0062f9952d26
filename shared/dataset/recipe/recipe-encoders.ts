import { hashString } from '../../platform/hash.ts';
import { cyclicParts, largestTime, linearParts } from '../values/date-parts.ts';
import { compilePieces, pieceNames } from './pieces.ts';
import type {
  BooleanFeature,
  DateFeature,
  HashFeature,
  NumberFeature,
  OneHotFeature,
  OrdinalFeature,
} from './recipe-schema.ts';
import { compileScaling } from './scaling.ts';
import { compileTransform } from './transform.ts';

/** Writes one value's inputs at `at`; NaN is missing. What it does not write stays 0. */
export type NumberKernel = (value: number, out: Float32Array, at: number) => void;

/** A feature of numbers, dates (milliseconds) or booleans (0, 1). */
export interface NumberEncoder {
  readonly kind: 'numbers';
  readonly names: readonly string[];
  readonly kernel: NumberKernel;
}

/** Where a category goes: the input (counted from the feature's first; -1: none) and what is written there. */
export interface Placement {
  readonly input: number;
  readonly value: number;
}

/** A feature of categories: a missing one (null) also sets `indicator`, an input's place, or -1. */
export interface CategoryEncoder {
  readonly kind: 'categories';
  readonly names: readonly string[];
  readonly place: (category: string | null) => Placement;
  readonly indicator: number;
}

export type Encoder = NumberEncoder | CategoryEncoder;

const nowhere: Placement = { input: -1, value: 0 };

/** `horsepower`, and `horsepower (missing)` where there is an indicator. */
function withIndicator(column: string, names: readonly string[], indicator: boolean): string[] {
  return indicator ? [...names, `${column} (missing)`] : [...names];
}

/** A number's own input, scaled and bound, and behind it those of its pieces, by name. */
function compileShape({
  scaling,
  bound = Number.POSITIVE_INFINITY,
  pieces,
}: Pick<NumberFeature, 'scaling' | 'bound' | 'pieces'>): { names: string[]; kernel: NumberKernel } {
  const scale = compileScaling(scaling);
  const writePieces = pieces && compilePieces(pieces);
  return {
    names: pieces ? pieceNames(pieces) : [],
    kernel: (value, out, at) => {
      const scaled = scale(value);
      out[at] = scaled > bound ? bound : scaled < -bound ? -bound : scaled;
      writePieces?.(value, out, at + 1);
    },
  };
}

/**
 * A number: missing or outside the transform's domain becomes the imputed value; transform; scale; bound; pieces.
 *
 * @throws RangeError when the imputed value is outside the transform's domain, or the pieces' edges do not rise.
 */
export function encodeNumber(feature: NumberFeature): NumberEncoder {
  const transform = compileTransform(feature.transform);
  const shape = compileShape(feature);
  const imputed = transform(feature.impute);
  if (Number.isNaN(imputed)) {
    throw new RangeError(
      `the recipe imputes ${feature.column} with ${feature.impute}, which ${feature.transform.type} cannot take`,
    );
  }
  const kernel: NumberKernel = (value, out, at) => {
    const transformed = transform(value);
    shape.kernel(Number.isNaN(transformed) ? imputed : transformed, out, at);
  };
  const { column } = feature;
  const own = [column, ...shape.names.map((name) => `${column} (${name})`)];
  const names = withIndicator(column, own, feature.indicator);
  if (!feature.indicator) return { kind: 'numbers', names, kernel };
  return {
    kind: 'numbers',
    names,
    kernel: (value, out, at) => {
      kernel(value, out, at);
      if (Number.isNaN(transform(value))) out[at + own.length] = 1;
    },
  };
}

/** A boolean: 0 or 1. */
export function encodeBoolean(feature: BooleanFeature): NumberEncoder {
  const imputed = feature.impute ? 1 : 0;
  const { indicator } = feature;
  return {
    kind: 'numbers',
    names: withIndicator(feature.column, [feature.column], indicator),
    kernel: (value, out, at) => {
      const missing = Number.isNaN(value);
      out[at] = missing ? imputed : value;
      if (missing && indicator) out[at + 1] = 1;
    },
  };
}

function encodePart(part: DateFeature['parts'][number]): { names: string[]; kernel: NumberKernel } {
  if ('scaling' in part) {
    const read = linearParts[part.part];
    const shape = compileShape(part);
    return {
      names: [part.part, ...shape.names.map((name) => `${part.part} ${name}`)],
      kernel: (time, out, at) => shape.kernel(read(time), out, at),
    };
  }
  const { step, steps } = cyclicParts[part.part];
  const sines = new Map<number, Float64Array>();
  return {
    names: [`${part.part} sine`, `${part.part} cosine`],
    kernel: (time, out, at) => {
      const cycle = steps(time);
      let table = sines.get(cycle);
      if (!table) {
        table = sinesAndCosines(cycle);
        sines.set(cycle, table);
      }
      const place = 2 * step(time);
      out[at] = table[place]!;
      out[at + 1] = table[place + 1]!;
    },
  };
}

/** Sine and cosine of each step of a cycle, in turn. */
function sinesAndCosines(steps: number): Float64Array {
  const angles = Array.from({ length: steps }, (_, step) => (2 * Math.PI * step) / steps);
  return Float64Array.from(angles.flatMap((angle) => [Math.sin(angle), Math.cos(angle)]));
}

/** A date: its parts one after the other; a time that no date can hold counts as missing. */
export function encodeDate(feature: DateFeature): NumberEncoder {
  const parts = feature.parts.map(encodePart);
  const starts = parts.map((_, i) => parts.slice(0, i).reduce((sum, part) => sum + part.names.length, 0));
  const names = parts.flatMap((part) => part.names.map((name) => `${feature.column} (${name})`));
  const { impute, indicator } = feature;
  return {
    kind: 'numbers',
    names: withIndicator(feature.column, names, indicator),
    kernel: (value, out, at) => {
      const held = Math.abs(value) <= largestTime;
      const time = held ? value : impute;
      for (let i = 0; i < parts.length; i++) parts[i]!.kernel(time, out, at + starts[i]!);
      if (!held && indicator) out[at + names.length] = 1;
    },
  };
}

/** Categories to inputs of their own. */
export function encodeOneHot(feature: OneHotFeature): CategoryEncoder {
  const names = feature.categories.map((category) => `${feature.column}=${category}`);
  const places = new Map(feature.categories.map((category, input) => [category, { input, value: 1 }]));
  const other = feature.other ? { input: names.length, value: 1 } : nowhere;
  if (feature.other) names.push(`${feature.column} (other)`);
  const place = (category: string | null): Placement => {
    const known = category ?? feature.impute;
    return known === null ? nowhere : (places.get(known) ?? other);
  };
  return categoryEncoder(feature.column, names, feature.indicator, place);
}

function categoryEncoder(
  column: string,
  names: readonly string[],
  indicator: boolean,
  place: CategoryEncoder['place'],
): CategoryEncoder {
  return {
    kind: 'categories',
    names: withIndicator(column, names, indicator),
    place,
    indicator: indicator ? names.length : -1,
  };
}

/** Categories to their place in an order, scaled. */
export function encodeOrdinal(feature: OrdinalFeature): CategoryEncoder {
  const scale = compileScaling(feature.scaling);
  const places = new Map(feature.levels.map((level, i) => [level, { input: 0, value: scale(i) }]));
  const unseen = { input: 0, value: scale(-1) };
  const missing = { input: 0, value: scale(feature.levels.length) };
  const place = (category: string | null): Placement => {
    const known = category ?? feature.impute;
    return known === null ? missing : (places.get(known) ?? unseen);
  };
  return categoryEncoder(feature.column, [feature.column], feature.indicator, place);
}

/** Categories to one of a fixed number of inputs, +1 or -1. */
export function encodeHash(feature: HashFeature): CategoryEncoder {
  const { buckets, seed } = feature;
  const names = Array.from({ length: buckets }, (_, i) => `${feature.column} #${i}`);
  const place = (category: string | null): Placement => {
    const known = category ?? feature.impute;
    if (known === null) return nowhere;
    // Two independent hashes: with one for both, colliding texts would always share their sign.
    const sign = hashString(known, ~seed) & 1 ? -1 : 1;
    return { input: hashString(known, seed) % buckets, value: sign };
  };
  return categoryEncoder(feature.column, names, feature.indicator, place);
}
