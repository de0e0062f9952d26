import { z } from 'zod';
import { wordings } from '../messages/wording.ts';
import { share, tolerance } from './values.ts';

/** Names of the metrics, scikit-learn's in kebab case. */
export const metricNames = {
  regression: [
    'rmse',
    'mae',
    'median-absolute-error',
    'mape',
    'smape',
    'r2',
    'explained-variance',
    'max-error',
    'mean-bias',
    'pinball',
  ],
  classification: [
    'accuracy',
    'balanced-accuracy',
    'precision-macro',
    'recall-macro',
    'f1-macro',
    'precision-weighted',
    'recall-weighted',
    'f1-weighted',
    'log-loss',
    'brier',
    'roc-auc',
    'average-precision',
    'mcc',
    'cohen-kappa',
    'ece',
  ],
} as const;

const metric = z
  .enum([...metricNames.regression, ...metricNames.classification])
  .register(wordings, { noun: 'a metric' });

export const gateSchema = z.strictObject({
  metric,
  min: z.number().optional(),
  max: z.number().optional(),
  champion: z
    .strictObject({ 'worse-by-at-most': tolerance.optional(), 'better-by-at-least': tolerance.optional() })
    .optional()
    .meta({ description: 'Against the model in production on the same unseen rows; one of the two.' }),
  'train-gap': z
    .strictObject({ 'at-most': tolerance })
    .optional()
    .meta({ description: 'How much worse than on the training rows: overfitting.' }),
  baseline: z
    .strictObject({ 'better-by-at-least': tolerance })
    .optional()
    .meta({ description: 'Against predicting the mean, or the class frequencies.' }),
  slice: z
    .string()
    .optional()
    .meta({ description: 'With min or max: the gate holds in every slice by this column.' }),
});

const bootstrapSchema = z.strictObject({
  resamples: z.int().min(100).default(1000),
  confidence: share.prefault('95%'),
  method: z.enum(['bca', 'percentile']).default('percentile'),
  seed: z.int().min(0).default(1),
});

export const validateSchema = z.strictObject({
  primary: metric
    .optional()
    .meta({ description: 'Default: rmse for regression, log-loss for classification.' }),
  metrics: z.array(metric).min(1).optional().meta({ description: 'Default: the usual ones of the task.' }),
  gates: z.array(gateSchema).default([]),
  slices: z.array(z.string()).optional().meta({
    description: 'Columns to slice by. Default: those of the gates and the low-cardinality categories.',
  }),
  'min-slice-rows': z.int().min(1).default(10).meta({ description: 'Smaller slices are shown, not judged.' }),
  inconclusive: z
    .enum(['pass', 'warn', 'fail'])
    .default('warn')
    .meta({ description: 'What an interval that straddles a bound means for the verdict.' }),
  bootstrap: bootstrapSchema.prefault({}),
});

export type MetricName = z.output<typeof metric>;
export type GateConfig = z.output<typeof gateSchema>;
export type ValidateConfig = z.output<typeof validateSchema>;
