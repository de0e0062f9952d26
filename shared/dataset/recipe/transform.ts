import type { Transform } from './recipe-schema.ts';

/** The values that a transform can take. */
export interface Domain {
  holds(value: number): boolean;
  /** `above 0`. */
  readonly words: string;
}

/** The domain of a transform; undefined when every number is in it. */
export function domainOf(transform: Transform): Domain | undefined {
  switch (transform.type) {
    case 'log':
      return { holds: (value) => value > 0, words: 'above 0' };
    case 'log1p':
      return { holds: (value) => value > -1, words: 'above -1' };
    case 'sqrt':
      return { holds: (value) => value >= 0, words: 'of 0 or more' };
    default:
      return undefined;
  }
}

/** The transform as a function; NaN outside its domain, so that such a value counts as missing. */
export function compileTransform(transform: Transform): (value: number) => number {
  switch (transform.type) {
    case 'none':
      return (value) => value;
    case 'log':
      return (value) => (value > 0 ? Math.log(value) : Number.NaN);
    case 'log1p':
      return (value) => (value > -1 ? Math.log1p(value) : Number.NaN);
    case 'sqrt':
      return (value) => (value >= 0 ? Math.sqrt(value) : Number.NaN);
    case 'clip': {
      const { low, high } = transform;
      return (value) => Math.min(Math.max(value, low), high);
    }
  }
}
