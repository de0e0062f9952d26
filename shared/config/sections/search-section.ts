// A search among settings of the candidates: how many are tried, and from where they are drawn.
import { z } from 'zod';
import { wordings } from '../messages/wording.ts';
import { share } from './values.ts';

/** From one number up to another, or out of a list. The numbers' own bounds are those of the candidate's key. */
const range = <Item extends z.ZodType>(item: Item, allowed: string) =>
  z
    .union([
      z.strictObject({
        from: item.meta({ description: 'The smallest value that is tried.' }),
        to: item.meta({ description: 'The largest value that is tried.' }),
      }),
      z.array(item).min(1),
    ])
    .optional()
    .register(wordings, { allowed });

/** What a kind that is named does with a key that is not. */
const unvaried = 'Default, where this kind is named: not varied.';

const numbers = range(z.number(), '{ from, to }, or a list of numbers');
const shares = range(share, '{ from, to }, or a list of shares such as 80%');
const encodings = z
  .array(z.enum(['encoded', 'plain']))
  .min(1)
  .optional();

const ranges = z
  .strictObject({
    linear: z
      .strictObject({
        encoding: encodings.meta({ description: 'Which encodings of numbers are tried. Default: both.' }),
      })
      .prefault({ encoding: ['encoded', 'plain'] })
      .meta({ description: 'Of linear models.' }),
    'boosted-trees': z
      .strictObject({
        leaves: numbers.meta({ description: `Most leaves of a tree. ${unvaried}` }),
        'min-rows': numbers.meta({ description: `Fewest training rows in a leaf. ${unvaried}` }),
        'learning-rate': numbers.meta({ description: `Share of a tree's answer that is added. ${unvaried}` }),
        l2: numbers.meta({ description: `Penalty on leaves' squared values. ${unvaried}` }),
        'column-share': shares.meta({ description: `Share of the columns of each tree. ${unvaried}` }),
        'row-share': shares.meta({ description: `Share of the training rows of each round. ${unvaried}` }),
        'category-smoothing': numbers.meta({
          description: `Rows by which categories are smoothed. ${unvaried}`,
        }),
      })
      .prefault({
        leaves: { from: 7, to: 127 },
        'min-rows': { from: 5, to: 60 },
        'learning-rate': { from: 0.02, to: 0.2 },
        l2: { from: 0.1, to: 30 },
        'column-share': { from: '40%', to: '100%' },
        'row-share': { from: '50%', to: '100%' },
        'category-smoothing': { from: 1, to: 100 },
      })
      .meta({ description: 'Of boosted trees.' }),
    'neural-network': z
      .strictObject({
        layers: z
          .array(z.array(z.int().min(1)).min(1))
          .min(1)
          .optional()
          .meta({ description: `Units of the hidden layers, one list for each network. ${unvaried}` }),
        dropout: numbers.meta({ description: `Share of outputs that a step leaves out. ${unvaried}` }),
        'weight-decay': numbers.meta({ description: `What a step takes off every weight. ${unvaried}` }),
        'learning-rate': numbers.meta({ description: `How far a step moves, at its largest. ${unvaried}` }),
        encoding: encodings.meta({ description: `Which encodings of numbers are tried. ${unvaried}` }),
      })
      .prefault({
        layers: [[64], [64, 32], [128, 64], [256, 128]],
        dropout: { from: 0, to: 0.4 },
        'weight-decay': { from: 0.001, to: 0.1 },
        'learning-rate': { from: 0.0007, to: 0.006 },
      })
      .meta({ description: 'Of networks.' }),
  })
  .prefault({});

/** `train.search` of ciclo.yml. */
export const searchSchema = z.strictObject({
  trials: z.int().min(2).max(1000).default(30).meta({
    description:
      "Settings that are tried, of all candidates together, each candidate's own among them; the rest is drawn.",
  }),
  work: z.number().positive().default(4e12).meta({
    description:
      'Multiplications, or what takes as long, that the trials may take at most, by a fixed cost model, as if nothing stopped one early: beyond it there are fewer trials.',
  }),
  ranges: ranges.meta({
    description:
      'By kind of candidate, what is varied, and in what range; a kind that is not named has the default, one that is named no other than these (an empty map: nothing).',
  }),
});

export type SearchConfig = z.output<typeof searchSchema>;
/** Kinds of candidate whose settings can be searched. */
export type SearchedKind = keyof SearchConfig['ranges'];
/** What a setting is drawn from. */
export type SearchRange = { readonly from: number; readonly to: number } | readonly unknown[];
