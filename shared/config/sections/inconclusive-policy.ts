// `validate.inconclusive`: what a gate that the rows cannot decide means for the verdict.
import { z } from 'zod';
import { wordings } from '../messages/wording.ts';

/**
 * Why a gate is inconclusive: the interval reaches across the bound and the value itself lies within it, or beyond it; or
 * there is no interval to tell by.
 */
export const doubts = ['within', 'beyond', 'unmeasured'] as const;

export type Doubt = (typeof doubts)[number];

/** What an inconclusive gate means for the verdict. */
export const consequences = ['pass', 'warn', 'fail'] as const;

export type Consequence = (typeof consequences)[number];

const consequence = z.enum(consequences);

export const inconclusiveSchema = z
  .union([
    consequence,
    z.strictObject({
      within: consequence
        .default('warn')
        .meta({ description: 'The value itself lies within the bound, and the interval reaches beyond it.' }),
      beyond: consequence.default('fail').meta({
        description:
          'The value itself lies beyond the bound, and the interval reaches back. Slices and train-gap warn where this says fail.',
      }),
      unmeasured: consequence.default('warn').meta({
        description: 'No interval, an undefined metric, or a champion that cannot be compared.',
      }),
    }),
  ])
  .register(wordings, {
    noun: 'a policy',
    allowed: 'pass, warn or fail, or one of them each for within, beyond and unmeasured',
  })
  .prefault({});

export type InconclusivePolicy = z.output<typeof inconclusiveSchema>;

/**
 * What an inconclusive gate means. One word holds for all of them. By doubt, gates that look at a part of the rows or at
 * overfitting (`soft`: by slice, train-gap) do not fail for a value beyond the bound: of many slices of few rows one nearly
 * always lies beyond by chance.
 */
export function consequenceOf(
  policy: InconclusivePolicy,
  { doubt, soft }: { readonly doubt: Doubt; readonly soft: boolean },
): Consequence {
  if (typeof policy === 'string') return policy;
  const word = policy[doubt];
  return soft && doubt === 'beyond' && word === 'fail' ? 'warn' : word;
}
