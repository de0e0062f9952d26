import type { NumberProfile } from './profile-schema.ts';

/**
 * Whether a column holds whole numbers, as far as its profile shows: its values are whole, and edges between bins, which
 * lie midway between values, are whole or halves.
 */
export function hasWholeNumbers({ points, at, support }: NumberProfile): boolean {
  return points.every((point, i) => Number.isInteger(support === 'bins' && at[i] === 0 ? 2 * point : point));
}
