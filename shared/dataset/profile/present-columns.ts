import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import type { Profile } from './profile-schema.ts';

/**
 * Features that hardly a training row lacked, if any: a model has not learnt what it means that one is missing. Fewer rows than a
 * published value has count as none, as categories do that fewer rows have.
 *
 * @param profile of the training rows, published or not.
 */
export function presentColumns({ columns }: Profile): ReadonlySet<string> {
  return new Set(
    columns.flatMap(({ name, role, missing }) =>
      role === 'feature' && missing < fewestPublishedRows ? [name] : [],
    ),
  );
}
