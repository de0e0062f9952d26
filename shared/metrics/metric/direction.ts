import type { Better } from './metric.ts';

/** How much better `value` is than `reference`; positive is better, whatever the metric's direction. */
export function gainOf(better: Better): (value: number, reference: number) => number {
  switch (better) {
    case 'higher':
      return (value, reference) => value - reference;
    case 'lower':
      return (value, reference) => reference - value;
    case 'zero':
      return (value, reference) => Math.abs(reference) - Math.abs(value);
  }
}
