import { cyclicParts, largestTime, linearParts } from '../values/date-parts.ts';
import { withIndicator } from './input-names.ts';
import { compilePieces, pieceNames } from './pieces.ts';
import type { BooleanFeature, DateFeature, NumberFeature } from './recipe-schema.ts';
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
