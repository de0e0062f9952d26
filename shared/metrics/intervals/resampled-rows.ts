import type { Random } from '../../platform/random.ts';
import type { RowGroups } from './grouped-rows.ts';

/** Most rows that are resampled: the spread of so many is known to about one part in a hundred, and more take long. */
export const mostResampled = 100_000;

/**
 * The rows that are resampled where there are more than {@link mostResampled}: so many of them, drawn without replacement, by
 * seed, in order.
 *
 * @param groups whole ones are drawn, as many as it takes.
 * @returns undefined where all are.
 */
export function resampledRows(rows: number, random: Random, groups?: RowGroups): Uint32Array | undefined {
  if (rows <= mostResampled) return undefined;
  if (groups) return rowsOfGroups(groups, random.fork('rows'));
  const draw = random.fork('rows');
  const drawn = new Uint32Array(mostResampled);
  let left = mostResampled;
  // Selection sampling (Knuth, "The Art of Computer Programming", volume 2, algorithm S).
  for (let row = 0; left > 0; row++) {
    if (draw.next() * (rows - row) < left) drawn[mostResampled - left--] = row;
  }
  return drawn;
}

function rowsOfGroups({ codes, sizes }: RowGroups, random: Random): Uint32Array {
  const order = Uint32Array.from(sizes.keys());
  random.shuffle(order);
  const drawn = new Set<number>();
  let count = 0;
  for (const group of order) {
    if (count >= mostResampled) break;
    drawn.add(group);
    count += sizes[group]!;
  }
  return Uint32Array.from(codes.keys()).filter((row) => drawn.has(codes[row]!));
}
