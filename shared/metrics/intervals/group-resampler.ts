import type { Random } from '../../platform/random.ts';
import type { RowGroups } from './grouped-rows.ts';
import { createResampler, type Resampler } from './resampler.ts';

/** Draws as many groups as there are, with replacement: rows of a group together, so that resamples differ in their rows. */
export function groupResampler({ codes, sizes }: RowGroups, random: Random): Resampler {
  const groups = createResampler(sizes.length, random);
  const counts = new Uint8Array(codes.length);
  return {
    next() {
      const drawn = groups.next();
      let total = 0;
      for (const [row, code] of codes.entries()) {
        counts[row] = drawn.counts[code]!;
        total += counts[row]!;
      }
      return { counts, total };
    },
  };
}
