import type { Config } from '../../../config/sections/schema.ts';
import type { DatasetSchema } from '../../../dataset/schema/schema.ts';
import { defaultPrimary } from '../../../metrics/descriptors/descriptors.ts';
import { metricKey } from '../../../metrics/descriptors/metric-key.ts';
import { metricOf } from '../../../metrics/registry/registry.ts';
import type { Logger } from '../../../platform/logger.ts';
import { createRandom } from '../../../platform/random.ts';
import { decidedPredictor } from '../../predictor/decided.ts';
import type { Predictor } from '../../predictor/predictions.ts';
import { startPredictor } from '../../predictor/start-predictor.ts';
import { importanceBudget } from '../candidates/work.ts';
import { featuresByImportance, type Importance, permutationLosses } from '../choice/importance.ts';
import type { FoldData } from './fold-data.ts';
import type { FoldModel } from './fold-models.ts';

/**
 * Permutation importance of a candidate, or of a blend: in each fold by its model, on rows that it has not seen. Mean and deviation are those of
 * all repeats in all folds; rows and budget of work are shared out among the folds.
 */
export async function foldImportance(
  models: readonly FoldModel[],
  folds: readonly FoldData[],
  {
    schema,
    config,
    threshold,
    logger,
  }: {
    readonly schema: DatasetSchema;
    readonly config: Config;
    readonly threshold: number | undefined;
    readonly logger: Logger;
  },
): Promise<Importance> {
  const { importance, seed } = config.train;
  if (importance === 'off') return { features: [] };
  const all = new Map<string, number[]>();
  let warned: string | undefined;
  for (const [fold, data] of folds.entries()) {
    const model = models[fold]!;
    const predictor = await decided(model, data, schema, threshold);
    if (!predictor) {
      return {
        features: [],
        warning: `${model.name} gave predictions alone, so the importance of features cannot be measured`,
      };
    }
    const { losses, warning } = await permutationLosses({
      ...{ predictor, inputs: model.inputs, table: data.predict.table, schema, logger },
      metric: metricOf(metricKey(config.validate.primary ?? defaultPrimary(schema.task))),
      repeats: importance.repeats,
      rows: Math.ceil(importance.rows / folds.length),
      work: (importance.work ?? importanceBudget) / folds.length,
      random: createRandom(seed)
        .fork('importance')
        .fork(`fold ${fold + 1}`),
    });
    warned ??= warning;
    for (const [feature, values] of losses) all.set(feature, [...(all.get(feature) ?? []), ...values]);
  }
  return {
    features: featuresByImportance(all),
    ...(warned === undefined ? {} : { warning: `in folds ${warned}` }),
  };
}

/** A fold's model as it decides when it is deployed. */
async function decided(
  { saved, predictor }: FoldModel,
  { recipe }: FoldData,
  schema: DatasetSchema,
  threshold: number | undefined,
): Promise<Predictor | undefined> {
  if (!predictor || threshold === undefined) return predictor;
  return 'onnx' in saved
    ? decidedPredictor(predictor, schema, threshold)
    : startPredictor({ schema, recipe, ...saved, threshold }, { folders: [] });
}
