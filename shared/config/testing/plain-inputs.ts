import type { ConfigInput } from '../sections/schema.ts';

/** Inputs for tests that count them: numbers scaled and nothing beside them, categories from the fewest rows on. */
export const plainInputs = {
  numbers: { encode: 'plain', bound: 'none' },
  categories: { 'min-count': 5 },
} as const satisfies ConfigInput['prepare'];
