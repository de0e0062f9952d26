import type { GateResult } from './gate-result.ts';

/**
 * What the interval is that stands beside a bound in percent, where some gate has one of another model's value: that of
 * difference − share · |other value|, moved by the bound. It is not that of the difference, which the metrics have.
 */
export function shareBoundWords(gates: readonly GateResult[]): string | undefined {
  return gates.some(hasMovedInterval)
    ? 'Where a bound is a percentage, the interval beside it is of what the gate judges, the difference less that percentage of the value compared with: it takes in that this value is uncertain too, and is not the interval of the difference alone.'
    : undefined;
}

/** The values of training rows are what they are: there the two intervals are one. */
function hasMovedInterval({ kind, relative, low }: GateResult): boolean {
  return relative !== undefined && relative.bound > 0 && low !== null && kind !== 'train-gap';
}
