import { z } from 'zod';
import { defaultPrimary, metricDescriptors, metricNames } from '../../metrics/descriptors/descriptors.ts';
import { wordings } from '../messages/wording.ts';
import { costsSchema, decisionSchema } from './decision-section.ts';
import { inconclusiveSchema } from './inconclusive-policy.ts';
import { share, tolerance } from './values.ts';

const metric = z
  .enum(metricNames)
  .register(wordings, { noun: 'a metric' })
  // Editors show these beside the names that they offer; JSON Schema itself has no word for it.
  .meta({ enumDescriptions: metricDescriptors.map(({ title }) => title) });

const beta = z.number().positive().max(1000).optional().meta({
  description: 'With f-beta: how many times as much recall counts as precision; default 2.',
});

const costs = {
  missed: costsSchema.shape.missed.optional().meta({
    description: 'With cost: what a missed row costs; default that of validate.decision.costs.',
  }),
  'false-alarm': costsSchema.shape['false-alarm'].optional().meta({
    description: 'With cost: what a false alarm costs; default that of validate.decision.costs.',
  }),
};

/** A metric by its name or, of a family, with its number. */
const metricChoice = z
  .union([
    metric,
    z.strictObject({
      metric: metric.meta({ description: 'The metric, one of a family: f-beta or cost.' }),
      beta,
      ...costs,
    }),
  ])
  .register(wordings, { noun: 'a metric' });

export const gateSchema = z.strictObject({
  metric: metric.meta({
    description: 'The metric that the gate is about; an editor shows what each is called.',
  }),
  beta,
  ...costs,
  min: z.number().optional().meta({ description: 'The metric must be at least this.' }),
  max: z.number().optional().meta({ description: 'The metric must be at most this.' }),
  champion: z
    .strictObject({
      'worse-by-at-most': tolerance.optional().meta({
        description:
          'How much worse than that model it may be: 2% of its value, or a number in the unit of the metric.',
      }),
      'better-by-at-least': tolerance.optional().meta({
        description: 'How much better than that model it must be: a percentage of its value, or a number.',
      }),
      of: z.enum(['champion', 'anchor']).optional().meta({
        description:
          'Default: champion. anchor: the last version that was clearly better than its predecessor, else the first; many small steps down add up against it.',
      }),
    })
    .optional()
    .meta({ description: 'Against the model in production on the same unseen rows; one of the two bounds.' }),
  'train-gap': z
    .strictObject({
      'at-most': tolerance.meta({
        description: 'A percentage of the value on the training rows, or a number.',
      }),
    })
    .optional()
    .meta({ description: 'How much worse than on the training rows: overfitting.' }),
  baseline: z
    .strictObject({
      'better-by-at-least': tolerance.meta({
        description: 'A percentage of the value of the baseline, or a number.',
      }),
    })
    .optional()
    .meta({ description: 'Against predicting the mean, or the class frequencies.' }),
  slice: z.string().optional().meta({
    description:
      'With min or max: the gate holds in every slice by this column. Default: it holds over all rows.',
  }),
});

const bootstrapSchema = z.strictObject({
  resamples: z.int().min(100).default(1000).meta({ description: 'Bootstrap samples for one interval.' }),
  confidence: share.prefault('95%').meta({ description: 'How often an interval holds the true value.' }),
  method: z.enum(['auto', 'bca', 'percentile']).default('auto').meta({
    description:
      'auto: for each metric the method whose coverage was measured (docs/guides/validation.md). percentile, bca: the bootstrap for all.',
  }),
  seed: z
    .int()
    .min(0)
    .default(1)
    .meta({ description: 'Seed of the samples: the same seed gives the same intervals.' }),
});

export const validateSchema = z.strictObject({
  primary: metricChoice.optional().meta({
    description: `Default: ${defaultPrimary('regression')} for regression, ${defaultPrimary('binary')} for classification.`,
  }),
  metrics: z.array(metricChoice).min(1).optional().meta({
    description:
      'Default: the usual ones of the task. `{ metric: f-beta, beta: 0.5 }` for a member of a family.',
  }),
  gates: z.array(gateSchema).default([]).meta({
    description:
      'What the model must keep to: each bounds a metric by itself, against a model, or against a baseline. Default: none.',
  }),
  slices: z.array(z.string()).optional().meta({
    description: 'Columns to slice by. Default: those of the gates and the low-cardinality categories.',
  }),
  'min-slice-rows': z.int().min(1).default(10).meta({ description: 'Smaller slices are shown, not judged.' }),
  decision: decisionSchema.optional().meta({
    description:
      'Of a binary task, from which probability on a row is predicted positive: a threshold, or what errors cost; default 0.5. It is part of the model.',
  }),
  inconclusive: inconclusiveSchema.meta({
    description:
      'What a gate that these rows cannot decide means for the verdict: one word for all, or one each for within, beyond and unmeasured.',
  }),
  bootstrap: bootstrapSchema.prefault({}).meta({ description: 'How the intervals of metrics are computed.' }),
});

export type GateConfig = z.output<typeof gateSchema>;
export type ValidateConfig = z.output<typeof validateSchema>;
